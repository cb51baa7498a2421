package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pulls the cable between a browser and the server for a while, and measures what that costs a channel. */
final class Cut {

    /** In seconds. */
    static final long PATIENCE = 20;

    private static final int BEFORE = 20;

    /** In milliseconds. */
    private static final long AFTERWARDS = 2000;

    private static final int REPEATS = 3;

    /** A browser that sends 0, 1, 2 … on one channel, ten a second, and the server that sends them back. */
    interface Ends extends AutoCloseable {

        /** Lines of the browser: {@code echo NUMBER MILLISECONDS-OF-THE-DAY}, and {@code sent COUNT} after a stop. */
        BlockingQueue<String> results();

        /** The browser sends no more. */
        void stop();

        /** Fails when the server has had another connection than the first. */
        void assertOneConnection() throws Exception;

        @Override
        void close();
    }

    /** Starts both ends. */
    interface Start {

        /** Here is the server, and there the browser. */
        Ends in(Namespaces network) throws Exception;
    }

    private record Echo(int number, long at) {}

    private Cut() {}

    /** How many milliseconds after the cut the first message came back, in the median of three, and none was lost. */
    static long median(Duration cut, Start start) throws Exception {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            Long first = firstEchoAfter(cut, start);
            assertThat(first).isNotNull();
            all.add(first);
        }
        System.out.printf("%s cut: first message after %s ms%n", cut, all);
        return all.stream().sorted().toList().get(REPEATS / 2);
    }

    /** How many milliseconds after the cut the first message came back, none of which may be lost; null for never. */
    static @Nullable Long firstEchoAfter(Duration cut, Start start) throws Exception {
        try (Namespaces network = new Namespaces();
                Ends ends = start.in(network)) {
            List<Echo> echoes = new ArrayList<>();
            while (echoes.size() < BEFORE) {
                echoes.add(echo(ends.results()));
            }
            network.cut();
            long begin = System.currentTimeMillis();
            Thread.sleep(cut);
            long end = System.currentTimeMillis();
            assertThat(network.heal()).as("packets that the cut swallowed").isGreaterThan(BEFORE);

            Long first = null;
            long enough = Long.MAX_VALUE;
            while (echoes.getLast().at < enough) {
                String line = ends.results().poll(PATIENCE, TimeUnit.SECONDS);
                if (line == null) {
                    break;
                }
                Echo echo = parse(line);
                echoes.add(echo);
                // What was under way when the cable was pulled is read a moment later.
                assertThat(echo.at < begin + 500 || echo.at > end)
                        .as("%s during the cut from %d to %d", echo, begin, end)
                        .isTrue();
                if (first == null && echo.at > end) {
                    first = echo.at - end;
                    enough = echo.at + AFTERWARDS;
                }
            }
            if (first != null) {
                ends.stop();
                allCame(echoes, ends.results());
                ends.assertOneConnection();
            }
            return first;
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
}
