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

/** 64 MiB there and back, thirty times, while another process keeps a processor busy. */
@Tag("nightly")
@Timeout(1800)
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class BulkBrowserIT {

    private static final int RUNS = 30;
    private static final int MIB = 64;

    /** Echoes so many MiB in messages of one size and resolves with the MiB/s. */
    private static final String BULK = """
            const [size, mib, done] = arguments;
            (async () => {
              const { joinRoom } = await import('/__/peerhost/peerhost.js');
              const room = await joinRoom('bulk-' + size);
              const channel = room.server.channel('echo');
              const count = (mib * 1048576) / size;
              const start = performance.now();
              let received = 0;
              const all = new Promise((resolve) =>
                channel.addEventListener('message', ({ data }) => {
                  if (data.byteLength !== size) done('a message of ' + data.byteLength + ' bytes');
                  if (++received === count) resolve();
                }),
              );
              const message = new Uint8Array(size);
              for (let sent = 0; sent < count; sent++) await channel.send(message);
              await all;
              room.leave();
              done((mib * 1000) / (performance.now() - start));
            })().catch((error) => done(String(error)));
            """;

    /** Announces itself, then works until it is ended. */
    private static final String BUSY = "echo busy; while :; do :; done";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(ints = {16_384, 65_536})
    void noRunFailsOrCrawls(int size) throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", BUSY).start();
        List<Double> rates = new ArrayList<>();
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            assertThat(busy.inputReader().readLine()).isEqualTo("busy");
            window.driver().manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
            for (int run = 0; run < RUNS; run++) {
                Object rate = window.driver().executeAsyncScript(BULK, size, MIB);
                assertThat(rate).as("run %d", run).isInstanceOf(Number.class);
                rates.add(((Number) rate).doubleValue());
            }
            assertThat(busy.isAlive()).isTrue();
        } finally {
            busy.destroyForcibly();
        }
        double median = rates.stream().sorted().toList().get(RUNS / 2);
        System.out.printf("%,d bytes: median %.1f MiB/s, all %s%n", size, median, rates);
        assertThat(rates).allMatch(rate -> rate >= median / 2);
    }
}
