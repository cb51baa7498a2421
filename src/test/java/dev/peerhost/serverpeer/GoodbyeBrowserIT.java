package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.browser.Chromium;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How soon the server is rid of a page that has gone, however it went. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(180)
class GoodbyeBrowserIT {

    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** ICE takes 15 s to fail, and a restart of it may take 20. */
    private static final Duration AFTER_A_KILL = Duration.ofSeconds(45);

    /** Opens two channels in a room that the page stays in. */
    private static final String IN_A_ROOM = """
            const done = arguments[arguments.length - 1];
            (async () => {
              const { joinRoom } = await import('/__/peerhost/peerhost.js');
              const room = await joinRoom('goodbye');
              for (const label of ['echo', 'sink']) await room.server.channel(label).send('hello');
              window.connection = room.server.connection;
              done('ok');
            })().catch((error) => done(String(error)));
            """;

    /** The same without signaling: nothing but the connection tells that the page has gone. */
    private static final String OVER_HTTP = """
            const done = arguments[arguments.length - 1];
            (async () => {
              const connection = window.connection = new RTCPeerConnection();
              const opened = ['echo', 'sink'].map((label) => {
                const channel = connection.createDataChannel(label);
                return new Promise((resolve) => channel.onopen = resolve);
              });
              await connection.setLocalDescription();
              const response = await fetch('/__/peerhost/offer', {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(connection.localDescription),
              });
              await connection.setRemoteDescription(await response.json());
              await Promise.all(opened);
              done('ok');
            })().catch((error) => done(String(error)));
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private PeerLinks links;

    @Test
    void aClosedConnectionIsFreeAtOnceInARoom() throws Exception {
        closesAtOnce(IN_A_ROOM);
    }

    @Test
    void aClosedConnectionIsFreeAtOnceOverHttp() throws Exception {
        closesAtOnce(OVER_HTTP);
    }

    @Test
    void aPageThatNavigatesAwayIsFreeAtOnce() throws Exception {
        try (Chromium window = connect(OVER_HTTP)) {
            long left = System.nanoTime();
            window.driver().get("about:blank");

            assertThat(freedAfter(left, AT_ONCE.multipliedBy(2))).isLessThan(AT_ONCE.multipliedBy(2));
        }
    }

    @Test
    @Tag("nightly")
    @EnabledOnOs(OS.LINUX)
    void aKilledTabIsFreeIn45Seconds() throws Exception {
        connectAndClose();
        Footprint before = Footprint.now();
        connect(OVER_HTTP).kill();

        Duration freed = freedAfter(System.nanoTime(), AFTER_A_KILL);
        Footprint after = Footprint.now();

        System.out.printf("killed tab: free after %d ms; %s -> %s%n", freed.toMillis(), before, after);
        assertThat(freed).isLessThan(AFTER_A_KILL);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 3);
    }

    private void connectAndClose() throws Exception {
        try (Chromium window = connect(OVER_HTTP)) {
            window.driver().executeScript("connection.close()");
            freedAfter(System.nanoTime(), AT_ONCE);
        }
    }

    private void closesAtOnce(String script) throws Exception {
        try (Chromium window = connect(script)) {
            long closed = System.nanoTime();
            window.driver().executeScript("connection.close()");

            Duration freed = freedAfter(closed, AT_ONCE);
            System.out.printf("closed connection: free after %d ms%n", freed.toMillis());
            assertThat(freed).isLessThan(AT_ONCE);
        }
    }

    private Chromium connect(String script) {
        Chromium window = Chromium.open("http://localhost:" + port + "/");
        window.driver().manage().timeouts().scriptTimeout(Chromium.PATIENCE);
        assertThat(window.driver().executeAsyncScript(script)).isEqualTo("ok");
        assertThat(links.size()).isEqualTo(1);
        return window;
    }

    /** How long it took until there was no link any more, or more than {@code patience}. */
    private Duration freedAfter(long start, Duration patience) throws InterruptedException {
        Duration time = Duration.ZERO;
        while (links.size() > 0 && time.compareTo(patience) <= 0) {
            Thread.sleep(5);
            time = Duration.ofNanos(System.nanoTime() - start);
        }
        return time;
    }
}
