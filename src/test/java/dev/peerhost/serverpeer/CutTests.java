package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a cable that is pulled for a while costs a browser of ours that talks to the server's own peer. */
@Tag("nightly")
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class CutTests {

    @TempDir
    private Path folder;

    @Test
    void fiveSecondsAreNotNoticedByTheChannel() throws Exception {
        assertThat(Cut.median(Duration.ofSeconds(5), network -> new Ends(network)))
                .isLessThanOrEqualTo(1200);
    }

    @Test
    void thirtySecondsAreMendedByTheBrowsersIceRestart() throws Exception {
        assertThat(Cut.median(Duration.ofSeconds(30), network -> new Ends(network, "restart")))
                .isLessThanOrEqualTo(3300);
    }

    @Test
    void withoutAnIceRestartThirtySecondsAreTheEnd() throws Exception {
        assertThat(Cut.firstEchoAfter(Duration.ofSeconds(30), network -> new Ends(network)))
                .isNull();
    }

    private final class Ends implements Cut.Ends {

        private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
        private final Process server;
        private final Process client;
        private final PrintWriter toServer;
        private final PrintWriter toClient;

        Ends(Namespaces network, String... arguments) throws IOException {
            server = network.startHere(folder, CutServerMain.class);
            client = network.startThere(folder, CutClientMain.class, arguments);
            toServer = new PrintWriter(server.outputWriter(), true);
            toClient = new PrintWriter(client.outputWriter(), true);
            Thread.ofVirtual().start(() -> relay(server, toClient));
            Thread.ofVirtual().start(() -> relay(client, toServer));
        }

        @Override
        public BlockingQueue<String> results() {
            return results;
        }

        @Override
        public void stop() {
            toClient.println("stop");
        }

        @Override
        public void assertOneConnection() throws InterruptedException {
            toServer.println("links");
            assertThat(results.poll(Cut.PATIENCE, TimeUnit.SECONDS)).isEqualTo("links 1");
        }

        @Override
        public void close() {
            for (Process end : List.of(client, server)) {
                end.destroyForcibly();
                end.onExit().orTimeout(Cut.PATIENCE, TimeUnit.SECONDS).join();
            }
        }

        /** Hands signals to the other end and all else to the test. */
        private void relay(Process from, PrintWriter to) {
            try (BufferedReader lines = from.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.matches("(offer|answer|candidate) .*")) {
                        to.println(line);
                    } else if (line.matches("(echo|sent|links|failed) .*")) {
                        results.add(line);
                    }
                }
            } catch (IOException ended) {
                results.add(ended.toString());
            }
        }
    }
}
