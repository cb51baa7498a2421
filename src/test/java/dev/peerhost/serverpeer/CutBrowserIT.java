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

/** What a cable that is pulled for a while costs Chromium that talks to the application. */
@Tag("nightly")
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class CutBrowserIT {

    @TempDir
    private Path folder;

    @Test
    void fiveSecondsAreNotNoticedByTheChannel() throws Exception {
        assertThat(Cut.median(Duration.ofSeconds(5), network -> new Ends(network, false)))
                .isLessThanOrEqualTo(1200);
    }

    @Test
    void thirtySecondsAreMendedByTheBrowsersIceRestart() throws Exception {
        assertThat(Cut.median(Duration.ofSeconds(30), network -> new Ends(network, true)))
                .isLessThanOrEqualTo(3300);
    }

    @Test
    void withoutAnIceRestartThirtySecondsAreTheEnd() throws Exception {
        assertThat(Cut.firstEchoAfter(Duration.ofSeconds(30), network -> new Ends(network, false)))
                .isNull();
    }

    private final class Ends implements Cut.Ends {

        private final BlockingQueue<String> results = new LinkedBlockingQueue<>();
        private final ChildServer server;
        private final Process client;
        private final PrintWriter toClient;

        Ends(Namespaces network, boolean restarts) throws Exception {
            server = new ChildServer(
                    folder,
                    List.of("--logging.level.dev.peerhost.serverpeer=debug"),
                    network.here().toArray(String[]::new));
            client = network.startThere(
                    folder,
                    CutChromiumMain.class,
                    "http://%s:%d".formatted(Namespaces.HERE, server.port()),
                    String.valueOf(restarts));
            toClient = new PrintWriter(client.outputWriter(), true);
            Thread.ofVirtual().start(this::read);
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
        public void assertOneConnection() {
            assertThat(server.output())
                    .anyMatch(line -> line.contains(" connection 1 of peer "))
                    .noneMatch(line -> line.contains(" connection 2 of peer "));
        }

        @Override
        public void close() {
            // It ends its browser at the end of its input.
            toClient.close();
            try {
                client.onExit().orTimeout(Cut.PATIENCE, TimeUnit.SECONDS).join();
            } finally {
                client.destroyForcibly();
                server.close();
            }
        }

        private void read() {
            try (BufferedReader lines = client.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.matches("(echo|sent) .*")) {
                        results.add(line);
                    } else {
                        System.out.println(line);
                    }
                }
            } catch (IOException ended) {
                results.add(ended.toString());
            }
        }
    }
}
