package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** 64 MiB there and back. */
@Tag("nightly")
@Timeout(1800)
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class BulkBrowserIT {

    private static final int RUNS = 30;
    private static final int UNDER_WAY = 4;
    private static final int MIB = 64;
    private static final Duration LONGEST_RUN = Duration.ofSeconds(90);

    /** What the busy process gets at least, of one processor: there are two, and three who want them. */
    private static final double BUSY_SHARE = 0.25;

    /** Echoes so many MiB in messages of one size, of which some are under way, and gives the MiB/s or what went wrong. */
    private static final String BULK = """
            const [size, mib, underWay, done] = arguments;
            (async () => {
              const { joinRoom } = await import('/__/peerhost/peerhost.js');
              const room = await joinRoom('bulk-' + size);
              const channel = room.server.channel('echo');
              await new Promise((resolve) => channel.addEventListener('open', resolve));
              const count = (mib * 1048576) / size;
              const most = (underWay * 1048576) / size;
              const message = new Uint8Array(size).map((_, i) => i);
              const start = performance.now();
              let received = 0;
              let wake = () => {};
              channel.addEventListener('close', () => done('closed after ' + received + ' messages'));
              channel.addEventListener('message', ({ data }) => {
                const bytes = new Uint8Array(data);
                if (bytes.length !== size || bytes[1] !== 1 || bytes[size - 1] !== 255) done('another message came back');
                received++;
                wake();
              });
              const until = async (condition) => {
                while (!condition()) await new Promise((resolve) => (wake = resolve));
              };
              for (let sent = 0; sent < count; sent++) {
                await until(() => sent - received < most);
                await channel.send(message);
              }
              await until(() => received === count);
              done((mib * 1000) / (performance.now() - start));
              room.leave();
            })().catch((error) => done(String(error)));
            """;

    /** Announces itself, then works until it is ended. */
    private static final String BUSY = "echo busy; while :; do :; done";

    @LocalServerPort
    private int port;

    /** On thirty connections, one after another, while another process wants a processor for itself. */
    @ParameterizedTest
    @ValueSource(ints = {16_384, 65_536})
    void noRunFailsOrCrawls(int size) throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", BUSY).start();
        List<Double> rates = new ArrayList<>();
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            assertThat(busy.inputReader().readLine()).isEqualTo("busy");
            Duration worked = cpuTime(busy);
            long start = System.nanoTime();
            window.driver().manage().timeouts().scriptTimeout(LONGEST_RUN);
            for (int run = 0; run < RUNS; run++) {
                Object rate = window.driver().executeAsyncScript(BULK, size, MIB, UNDER_WAY);
                assertThat(rate).as("run %d, after %s", run, rates).isInstanceOf(Number.class);
                rates.add(((Number) rate).doubleValue());
            }
            double share = cpuTime(busy).minus(worked).toNanos() / (double) (System.nanoTime() - start);
            assertThat(share).as("of a processor for the busy process").isGreaterThan(BUSY_SHARE);
        } finally {
            busy.destroyForcibly();
        }
        List<Double> sorted = rates.stream().sorted().toList();
        double median = sorted.get(RUNS / 2);
        System.out.printf(
                "%d times %d MiB in messages of %d bytes: %.1f to %.1f MiB/s, median %.1f%n",
                RUNS, MIB, size, sorted.getFirst(), sorted.getLast(), median);
        assertThat(rates).as("MiB/s").allMatch(rate -> rate >= median / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {16_384, 65_536})
    void aPageThatWaitsForNothingGetsAllBack(int size) {
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            window.driver().manage().timeouts().scriptTimeout(LONGEST_RUN);

            assertThat(window.driver().executeAsyncScript(BULK, size, MIB, MIB)).isInstanceOf(Number.class);
        }
    }

    private static Duration cpuTime(Process process) {
        return process.info().totalCpuDuration().orElseThrow();
    }
}
