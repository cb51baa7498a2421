package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A socket that takes nothing: whoever sends to it is not kept waiting, since no reading thread waits for another socket. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class SlowReaderIT {

    private static final String LARGE = "x".repeat(31 * 1024);

    /** More than the kernel's buffers take from a sender, and less than an outbox. */
    private static final int SOME = 120;

    /** Far more than both together. */
    private static final int MANY = 2_000;

    @LocalServerPort
    private int port;

    @Autowired
    private SignalingMetrics metrics;

    @Test
    void whoReadsLaterGetsAllOfItInOrder() throws Exception {
        try (StompClient ada = StompClient.join(port, "later", "Ada");
                StompClient bob = StompClient.join(port, "later", "Bob")) {
            ada.message("joined");
            ada.pause();
            for (int i = 0; i < SOME; i++) {
                say(bob, "later", ada, i);
            }
            bob.assertQuiet();

            ada.goOn();

            for (int i = 0; i < SOME; i++) {
                assertThat(ada.message("offer").path("sdp").stringValue()).startsWith(i + " ");
            }
            ada.assertQuiet();
        }
    }

    @Test
    void whoNeverReadsIsCutOffAndNobodyWaits() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        metrics.bindTo(registry);
        FunctionCounter cut = registry.get("peerhost.signaling.sessions.cut")
                .tag("reason", "slow-reader")
                .functionCounter();
        try (StompClient ada = StompClient.join(port, "never", "Ada");
                StompClient bob = StompClient.join(port, "never", "Bob");
                StompClient cleo = StompClient.join(port, "never", "Cleo")) {
            bob.message("joined");
            ada.pause();
            int sent = 0;
            for (; sent < MANY && cut.count() == 0; sent++) {
                say(bob, "never", ada, sent);
                if (sent % 100 == 0) {
                    say(bob, "never", cleo, sent);
                    cleo.message("offer");
                }
            }
            assertThat(cut.count()).as("cut off after %d messages", sent).isEqualTo(1);
            bob.assertQuiet();
        }
    }

    private static void say(StompClient from, String room, StompClient to, int number) throws Exception {
        from.say(room, "offer", "{\"to\":\"%s\",\"sdp\":\"%d %s\"}".formatted(to.self(), number, LARGE));
    }
}
