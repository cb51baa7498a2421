package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What happens to sockets on which nothing comes, with the shortest intervals that may be configured. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "peerhost.signaling.heartbeat=1s",
            "peerhost.signaling.connect-timeout=300ms",
            "peerhost.signaling.resume-timeout=500ms"
        })
class SilenceIT {

    private static final String SUBSCRIBE = "SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n";

    @LocalServerPort
    private int port;

    @Test
    void aSocketWithoutConnectIsClosedEvenWhenNobodyElseSpeaks() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            assertThat(client.closeStatus()).isEqualTo(1008);
        }
    }

    @Test
    void aClientThatPromisedHeartBeatsAndIsSilentIsLostAfterThree() throws Exception {
        try (StompClient watcher = StompClient.join(port, "silence", "Watcher");
                StompClient silent = StompClient.open(port)) {
            silent.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:1000,0\n\n");
            assertThat(silent.frame().headers()).containsEntry("heart-beat", "1000,1000");
            silent.send(SUBSCRIBE);
            String id = silent.message("welcome").path("self").stringValue();
            silent.say("silence", "join", "{}");
            silent.message("roster");
            watcher.message("joined");

            long joined = System.nanoTime();
            var left = watcher.message("left");

            assertThat(left.path("peer").stringValue()).isEqualTo(id);
            assertThat(left.path("reason").stringValue()).isEqualTo("lost");
            assertThat(Duration.ofNanos(System.nanoTime() - joined)).isGreaterThan(Duration.ofMillis(2500));
            assertThat(silent.frame().command()).isEqualTo("ERROR");
            // The watcher offered 0 and has been just as silent: it is not timed out.
            watcher.assertQuiet();
        }
    }

    @Test
    void aClientThatBeatsIsNotLost() throws Exception {
        try (StompClient watcher = StompClient.join(port, "beating", "Watcher");
                StompClient beating = StompClient.open(port);
                StompClient silent = StompClient.open(port)) {
            for (StompClient client : new StompClient[] {beating, silent}) {
                client.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:1000,0\n\n");
                client.frame();
                client.send(SUBSCRIBE);
                client.message("welcome");
                client.say("beating", "join", "{\"name\":\"" + (client == beating ? "beating" : "silent") + "\"}");
                client.message("roster");
                watcher.message("joined");
            }
            Thread beat = Thread.startVirtualThread(() -> {
                try {
                    while (!Thread.interrupted()) {
                        beating.sendRaw("\n");
                        Thread.sleep(500);
                    }
                } catch (Exception ended) {
                    Thread.currentThread().interrupt();
                }
            });

            watcher.message("left");

            beating.message("joined");
            beating.message("left");
            beating.assertQuiet();
            beat.interrupt();
        }
    }

    /** Whatever comes counts (STOMP 1.2, "Heart-beating"), also what goes past the broker that keeps the heart-beats. */
    @Test
    void aClientThatSendsNeedNotBeat() throws Exception {
        try (StompClient watcher = StompClient.join(port, "sending", "Watcher");
                StompClient sending = StompClient.open(port)) {
            sending.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:1000,0\n\n");
            sending.frame();
            sending.send(SUBSCRIBE);
            sending.message("welcome");
            sending.say("sending", "join", "{}");
            sending.message("roster");
            watcher.message("joined");
            // Longer than the silence after which the test above sees its client lost.
            for (int i = 0; i < 12; i++) {
                sending.say("sending", "offer", "{\"to\":\"%s\",\"sdp\":\"v=0\"}".formatted(watcher.self()));
                watcher.message("offer");
                watcher.assertQuietFor(Duration.ofMillis(400));
            }
        }
    }
}
