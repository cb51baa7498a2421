package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.browser.Chromium;
import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.SendResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A Chromium that is stopped while 64 MiB are sent to it. {@link SlowPeersTests} does the same with a network that drops, and
 * has the control: without our bound the native library loses most of the messages and closes the channel.
 */
@SpringBootTest(
        classes = {Peerhost.class, StalledBrowserIT.Probe.class},
        webEnvironment = WebEnvironment.RANDOM_PORT)
@Tag("nightly")
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class StalledBrowserIT {

    private static final int MESSAGES = 1024;
    private static final int SIZE = 65_536;

    /** Less than the 5 s after which ICE says that the connection is interrupted. */
    private static final Duration STALL = Duration.ofSeconds(3);

    /** Each message begins with its number; {@code wrong} is the first that came out of turn. */
    private static final String CONNECT = """
            const done = arguments[arguments.length - 1];
            (async () => {
              const connection = new RTCPeerConnection();
              const channel = window.channel = connection.createDataChannel('stalled');
              channel.binaryType = 'arraybuffer';
              Object.assign(window, { came: 0, wrong: null });
              channel.onmessage = ({ data }) => {
                const number = new DataView(data).getInt32(0);
                if (number !== came || data.byteLength !== 65536) wrong ??= `${number} of ${data.byteLength} bytes for ${came}`;
                came++;
              };
              const opened = new Promise((resolve) => channel.onopen = resolve);
              await connection.setLocalDescription();
              const response = await fetch('/__/peerhost/offer', {
                method: 'POST',
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify(connection.localDescription),
              });
              await connection.setRemoteDescription(await response.json());
              await opened;
              done('ok');
            })().catch((error) => done(String(error)));
            """;

    @LocalServerPort
    private int port;

    @Autowired
    private Probe probe;

    @Test
    void nothingThatWasTakenForAStoppedBrowserIsLost() throws Exception {
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            window.driver().manage().timeouts().scriptTimeout(Chromium.PATIENCE);
            assertThat(window.driver().executeAsyncScript(CONNECT)).isEqualTo("ok");
            Channel channel = probe.opened.poll(20, TimeUnit.SECONDS);
            assertThat(channel).isNotNull();

            // As a handler does that does not look at what becomes of its messages.
            int accepted = 0;
            List<Long> stopped = stop(window);
            for (int i = 0; i < MESSAGES; i++) {
                accepted += channel.send(message(accepted)) == SendResult.ACCEPTED ? 1 : 0;
            }
            assertThat(channel.awaitWritable(STALL))
                    .as("a stopped browser reads")
                    .isFalse();
            assertThat(channel.send(message(accepted))).isEqualTo(SendResult.WOULD_BLOCK);
            resume(stopped);
            assertThat(accepted).isBetween(1, MESSAGES - 1);
            allCame(window, accepted);

            // And as one does that waits, of which the browser is stopped in the middle.
            int total = accepted + MESSAGES;
            sendAll(channel, accepted, accepted + MESSAGES / 2);
            stopped = stop(window);
            Thread sender = Thread.ofVirtual().start(() -> sendAll(channel, total - MESSAGES / 2, total));
            assertThat(sender.join(STALL))
                    .as("all is sent to a stopped browser")
                    .isFalse();
            resume(stopped);
            assertThat(sender.join(Chromium.PATIENCE)).isTrue();
            allCame(window, total);
            assertThat(window.driver().executeScript("return channel.readyState"))
                    .isEqualTo("open");
        }
    }

    private static void sendAll(Channel channel, int from, int to) {
        try {
            for (int sent = from; sent < to; ) {
                if (channel.send(message(sent)) == SendResult.ACCEPTED) {
                    sent++;
                } else if (!channel.awaitWritable(Chromium.PATIENCE)) {
                    throw new AssertionError("no room after message " + sent);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Binary message(int number) {
        return new Binary(ByteBuffer.allocate(SIZE).putInt(number).array());
    }

    private static void allCame(Chromium window, int count) {
        window.await(driver -> ((Number) window.driver().executeScript("return came")).intValue() >= count);
        assertThat(window.driver().executeScript("return wrong")).isNull();
        assertThat(((Number) window.driver().executeScript("return came")).intValue())
                .isEqualTo(count);
    }

    /** Stops the processes that run pages, and with them WebRTC (SIGSTOP). */
    private static List<Long> stop(Chromium window) throws Exception {
        List<Long> renderers = window.process()
                .descendants()
                .filter(StalledBrowserIT::runsPages)
                .map(ProcessHandle::pid)
                .toList();
        assertThat(renderers).isNotEmpty();
        signal("-STOP", renderers);
        return renderers;
    }

    /** Renderers write what they are over their arguments, which is why {@link ProcessHandle#info} has none. */
    private static boolean runsPages(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
                    .contains("--type=renderer");
        } catch (IOException ended) {
            return false;
        }
    }

    private static void resume(List<Long> stopped) throws Exception {
        signal("-CONT", stopped);
    }

    private static void signal(String signal, List<Long> processes) throws Exception {
        for (Long process : processes) {
            Process kill = new ProcessBuilder("kill", signal, String.valueOf(process))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).isZero();
        }
    }

    /** Gives its channels to the test. */
    static final class Probe implements ChannelHandler {

        private final BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();

        @Override
        public String label() {
            return "stalled";
        }

        @Override
        public void open(Channel channel) {
            opened.add(channel);
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            // The browser sends nothing.
        }
    }
}
