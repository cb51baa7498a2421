package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a cable that is pulled for a while costs a browser that talks to the server's own peer. */
@Tag("nightly")
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class CutTests {

    private static final long PATIENCE = 20;
    private static final int BEFORE = 20;

    /** In milliseconds. */
    private static final long AFTERWARDS = 2000;

    private static final int REPEATS = 3;

    private record Echo(int number, long at) {}

    @TempDir
    private Path folder;

    @Test
    void fiveSecondsAreNotNoticedByTheChannel() throws Exception {
        assertThat(median(Duration.ofSeconds(5), false)).isLessThanOrEqualTo(1200);
    }

    @Test
    void thirtySecondsAreMendedByTheBrowsersIceRestart() throws Exception {
        assertThat(median(Duration.ofSeconds(30), true)).isLessThanOrEqualTo(3300);
    }

    @Test
    void withoutAnIceRestartThirtySecondsAreTheEnd() throws Exception {
        assertThat(firstEchoAfter(Duration.ofSeconds(30), false)).isNull();
    }

    private long median(Duration cut, boolean restarts) throws Exception {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            Long first = firstEchoAfter(cut, restarts);
            assertThat(first).isNotNull();
            all.add(first);
        }
        System.out.printf("%s cut: first message after %s ms%n", cut, all);
        return all.stream().sorted().toList().get(REPEATS / 2);
    }

    /** How many milliseconds after the cut the first message came back, none of which may be lost; null for never. */
    private @Nullable Long firstEchoAfter(Duration cut, boolean restarts) throws Exception {
        try (Namespaces network = new Namespaces()) {
            Process server = network.startHere(folder, CutServerMain.class);
            Process client = network.startThere(
                    folder, CutClientMain.class, restarts ? new String[] {"restart"} : new String[0]);
            BlockingQueue<String> results = new LinkedBlockingQueue<>();
            try (PrintWriter toServer = new PrintWriter(server.outputWriter(), true);
                    PrintWriter toClient = new PrintWriter(client.outputWriter(), true)) {
                Thread.ofVirtual().start(() -> relay(server, toClient, results));
                Thread.ofVirtual().start(() -> relay(client, toServer, results));
                List<Echo> echoes = new ArrayList<>();
                while (echoes.size() < BEFORE) {
                    echoes.add(echo(results));
                }
                network.cut();
                long start = System.currentTimeMillis();
                Thread.sleep(cut);
                long end = System.currentTimeMillis();
                assertThat(network.heal()).as("packets that the cut swallowed").isGreaterThan(BEFORE);

                Long first = null;
                long enough = Long.MAX_VALUE;
                while (echoes.getLast().at < enough) {
                    String line = results.poll(PATIENCE, TimeUnit.SECONDS);
                    if (line == null) {
                        break;
                    }
                    Echo echo = parse(line);
                    echoes.add(echo);
                    // What was under way when the cable was pulled is read a moment later.
                    assertThat(echo.at < start + 500 || echo.at > end)
                            .as("%s during the cut from %d to %d", echo, start, end)
                            .isTrue();
                    if (first == null && echo.at > end) {
                        first = echo.at - end;
                        enough = echo.at + AFTERWARDS;
                    }
                }
                if (first != null) {
                    toClient.println("stop");
                    allCame(echoes, results);
                    toServer.println("links");
                    assertThat(results.poll(PATIENCE, TimeUnit.SECONDS)).isEqualTo("links 1");
                }
                return first;
            } finally {
                client.destroyForcibly();
                server.destroyForcibly();
                client.waitFor(PATIENCE, TimeUnit.SECONDS);
                server.waitFor(PATIENCE, TimeUnit.SECONDS);
            }
        }
    }

    private static void allCame(List<Echo> echoes, BlockingQueue<String> results) throws InterruptedException {
        int sent = Integer.MAX_VALUE;
        while (echoes.size() < sent) {
            String line = results.poll(PATIENCE, TimeUnit.SECONDS);
            assertThat(line).as("%d of %d have come", echoes.size(), sent).isNotNull();
            if (line.startsWith("sent ")) {
                sent = Integer.parseInt(line.substring("sent ".length()));
            } else {
                echoes.add(parse(line));
            }
        }
        assertThat(echoes.stream().map(Echo::number))
                .containsExactlyElementsOf(IntStream.range(0, sent).boxed().toList());
    }

    private static Echo echo(BlockingQueue<String> results) throws InterruptedException {
        String line = results.poll(PATIENCE, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        return parse(line);
    }

    private static Echo parse(String line) {
        String[] parts = line.split(" ", -1);
        assertThat(parts).as(line).hasSize(3).startsWith("echo");
        return new Echo(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    /** Hands signals to the other end and all else to the test. */
    private static void relay(Process from, PrintWriter to, BlockingQueue<String> results) {
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
