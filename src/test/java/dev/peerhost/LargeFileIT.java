package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 2 GiB, read by 50 clients at once from the jar as a process of its own. */
@Tag("nightly")
class LargeFileIT {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
    private static final Duration START = Duration.ofMinutes(2);
    private static final long SIZE = 2L << 30;
    private static final int CLIENTS = 50;
    private static final long MOST_HEAP = 16 << 20;
    /** How much each client has read when the heap is looked at. */
    private static final long UNDER_WAY = 64 << 20;

    @TempDir
    Path folder;

    private int port;

    @Test
    void theHeapStaysAsItIs() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("large.bin").toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Random random = new Random(7);
        for (int i = 0; i < CLIENTS; i++) {
            byte[] bytes = new byte[500_000];
            random.nextBytes(bytes);
            Files.writeString(folder.resolve(i + ".txt"), HexFormat.of().formatHex(bytes));
        }
        try (ScriptRun run = start()) {
            read("/large.bin", "identity", new CountDownLatch(0));
            long before = heap(run);

            CountDownLatch underWay = new CountDownLatch(CLIENTS);
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Long>> counts = new ArrayList<>();
                for (int i = 0; i < CLIENTS; i++) {
                    counts.add(clients.submit(() -> read("/large.bin", "identity", underWay)));
                }
                assertThat(underWay.await(5, TimeUnit.MINUTES)).isTrue();
                long during = heap(run);
                System.out.printf("heap before %d KiB, with %d clients %d KiB%n", before >> 10, CLIENTS, during >> 10);
                assertThat(during - before).isLessThanOrEqualTo(MOST_HEAP);
                assertThat(counts).anyMatch(count -> !count.isDone());
                for (Future<Long> count : counts) {
                    assertThat(count.get(10, TimeUnit.MINUTES)).isEqualTo(SIZE);
                }
            }

            // The control: files whose encoded forms are kept, which is meant to take more, are seen to.
            for (int i = 0; i < CLIENTS; i++) {
                read("/" + i + ".txt", "gzip", new CountDownLatch(0));
            }
            assertThat(heap(run) - before).isGreaterThan(MOST_HEAP);
        }
    }

    @Test
    void theKernelSendsItByItself() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/strace")), "needs strace");
        Files.write(folder.resolve("large.bin"), new byte[1 << 20]);
        Files.write(folder.resolve("small.bin"), new byte[1 << 10]);
        Path calls = folder.resolve("calls");
        try (ScriptRun run =
                start("strace", "--seccomp-bpf", "-f", "-qq", "-e", "trace=sendfile", "-o", calls.toString())) {
            // The control: what is small goes the ordinary way.
            read("/small.bin", "identity", new CountDownLatch(0));
            assertThat(sent(calls)).isZero();
            read("/large.bin", "identity", new CountDownLatch(0));
            assertThat(sent(calls)).isEqualTo(1 << 20);
            assertThat(run.output()).noneMatch(line -> line.startsWith("strace"));
        }
    }

    /** The bytes that successful calls say they sent. */
    private static long sent(Path calls) throws IOException {
        return Files.readString(calls)
                .lines()
                .map(Pattern.compile("sendfile.* = (\\d+)$")::matcher)
                .filter(Matcher::find)
                .mapToLong(call -> Long.parseLong(call.group(1)))
                .sum();
    }

    private ScriptRun start(String... before) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                JAVA_HOME.resolve("bin/java").toString(),
                "-jar",
                ScriptRun.ROOT.resolve("target/peerhost.jar").toString(),
                folder.toString(),
                "--port=" + port,
                "--peerhost.peer.enabled=false"));
        ScriptRun run = ScriptRun.start(ScriptRun.ROOT, Map.of(), command.toArray(String[]::new));
        run.awaitLine(line -> line.contains("Ctrl-C"), START);
        return run;
    }

    /** What is in use of the server's heap, in bytes, when all that nobody needs is collected. */
    private static long heap(ScriptRun run) throws Exception {
        String pid = Long.toString(run.pid());
        jcmd(pid, "GC.run");
        Matcher used = Pattern.compile("used (\\d+)K").matcher(jcmd(pid, "GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1)) << 10;
    }

    private static String jcmd(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(JAVA_HOME.resolve("bin/jcmd").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }

    /** How many bytes came; counts down once there are many. */
    private long read(String path, String encoding, CountDownLatch underWay) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://localhost:" + port + path).toURL().openConnection();
        connection.setReadTimeout((int) TimeUnit.MINUTES.toMillis(2));
        connection.setRequestProperty("Accept-Encoding", encoding);
        byte[] chunk = new byte[256 * 1024];
        long sum = 0;
        try (InputStream in = connection.getInputStream()) {
            int count;
            while ((count = in.read(chunk)) >= 0) {
                if (sum < UNDER_WAY && sum + count >= UNDER_WAY) {
                    underWay.countDown();
                }
                sum += count;
            }
        }
        return sum;
    }
}
