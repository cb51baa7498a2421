package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What becomes of a peer whose socket is lost: torn or stalled by a proxy between, or ended by its own client. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.signaling.resume-timeout=2s", "peerhost.room.capacity=3"})
class ResumeIT {

    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final String CANDIDATE = "{\"to\":\"%s\",\"candidate\":{\"candidate\":\"%s\",\"sdpMid\":\"0\"}}";

    @LocalServerPort
    private int port;

    private static int rooms;

    private final String room = "resume-" + ++rooms;

    @Test
    void whatWasMissedComesOnceAndInOrderAndNobodySawAnybodyLeave() throws Exception {
        try (CuttableProxy network = new CuttableProxy(port);
                StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(network.port(), room, "Bob")) {
            ada.message("joined");
            ada.say(room, "candidate", CANDIDATE.formatted(bob.self(), 1));
            assertThat(bob.message("candidate").path("seq").intValue()).isEqualTo(2);

            network.tear();
            assertThat(network.torn()).isEqualTo(2);
            for (int i = 2; i <= 100; i++) {
                ada.say(room, "candidate", CANDIDATE.formatted(bob.self(), i));
            }
            ada.assertQuiet();

            try (StompClient again = StompClient.resume(network.port(), bob.token(), 2)) {
                again.assertResumed(bob);
                for (int i = 2; i <= 100; i++) {
                    assertCandidate(again.message("candidate"), i);
                }
                ada.say(room, "candidate", CANDIDATE.formatted(bob.self(), 101));
                assertCandidate(again.message("candidate"), 101);
                again.say(room, "candidate", CANDIDATE.formatted(ada.self(), 1));
                assertThat(ada.message("candidate").path("from").stringValue()).isEqualTo(bob.self());
                ada.assertQuiet();
            }
        }
    }

    @Test
    void aSocketThatSeemsAliveIsTakenOverAtOnceAndClosed() throws Exception {
        try (CuttableProxy network = new CuttableProxy(port);
                StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(network.port(), room, "Bob")) {
            ada.message("joined");
            network.stall();
            ada.say(room, "candidate", CANDIDATE.formatted(bob.self(), 1));
            // The server's answer to another of Ada's is behind what it wrote to Bob.
            ada.assertQuiet();

            try (StompClient again = StompClient.resume(port, bob.token(), 1)) {
                again.assertResumed(bob);
                assertThat(again.message("candidate").path("seq").intValue()).isEqualTo(2);
                again.assertQuiet();
                ada.assertQuiet();
            }
            assertThat(network.withheld()).isPositive();
        }
    }

    @Test
    void theSocketThatWasTakenOverIsClosedAndSpeaksForNobody() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob");
                StompClient again = StompClient.resume(port, bob.token(), 1)) {
            ada.message("joined");
            again.assertResumed(bob);
            assertThat(bob.closeStatus()).isEqualTo(1008);
            ada.assertQuiet();

            again.send("DISCONNECT\n\n");
            ada.assertLeft(bob, "left");
        }
    }

    @Test
    void aPlaceIsKeptForItsTimeAndThenLost() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");

            long torn = System.nanoTime();
            bob.abort();
            ada.assertLeft(bob, "lost");

            assertThat(Duration.ofNanos(System.nanoTime() - torn)).isBetween(KEPT, KEPT.plusSeconds(3));
            try (StompClient late = StompClient.resume(port, bob.token(), 1)) {
                JsonNode welcome = late.message("welcome");
                assertThat(welcome.path("resumed").booleanValue()).isFalse();
                assertThat(welcome.path("self").stringValue()).isNotEqualTo(bob.self());
            }
        }
    }

    @Test
    void everyLossHasItsWholeTime() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            bob.abort();
            ada.assertQuietFor(KEPT.dividedBy(2));
            StompClient again = StompClient.resume(port, bob.token(), 1);
            again.message("welcome");

            long torn = System.nanoTime();
            again.abort();
            ada.message("left");

            assertThat(Duration.ofNanos(System.nanoTime() - torn)).isGreaterThanOrEqualTo(KEPT);
        }
    }

    @Test
    void leaveAndDisconnectLeaveAtOnce() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob");
                StompClient cleo = StompClient.join(port, room, "Cleo")) {
            ada.message("joined");
            ada.message("joined");
            long start = System.nanoTime();
            bob.say(room, "leave", "{}");
            ada.assertLeft(bob, "left");
            cleo.send("DISCONNECT\nreceipt:bye\n\n");
            ada.assertLeft(cleo, "left");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(KEPT);
            try (StompClient gone = StompClient.resume(port, cleo.token(), 3)) {
                assertThat(gone.message("welcome").path("resumed").booleanValue())
                        .isFalse();
            }
        }
    }

    @Test
    void whoMissedMoreThanIsKeptStartsAnewAndItsOldPlaceDoesNotCountAgainstIt() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient cleo = StompClient.join(port, room, "Cleo");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            ada.message("joined");
            cleo.message("joined");
            bob.abort();
            String pad = "x".repeat(1900);
            for (int i = 0; i < 160; i++) {
                ada.say(room, "candidate", CANDIDATE.formatted(bob.self(), pad));
            }
            ada.assertQuiet();

            try (StompClient again = StompClient.resume(port, bob.token(), 1)) {
                assertThat(again.message("welcome").path("resumed").booleanValue())
                        .isFalse();
                ada.assertLeft(bob, "lost");
                again.say(room, "join", "{}");
                assertThat(again.message("roster").path("seq").intValue()).isEqualTo(1);
            }
        }
    }

    @Test
    void aClientThatClaimsToHaveSeenTheFutureStartsAnew() throws Exception {
        try (StompClient bob = StompClient.join(port, room, "Bob");
                StompClient again = StompClient.resume(port, bob.token(), 99)) {
            assertThat(again.message("welcome").path("resumed").booleanValue()).isFalse();
        }
    }

    @Test
    void aLastSeqThatIsNoNumberEndsTheSessionWithASentence() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\nresume:x\nlast-seq:many\n\n");
            StompClient.Frame error = client.frame();
            assertThat(error.command()).isEqualTo("ERROR");
            assertThat(error.headers().get("message")).contains("last-seq");
            assertThat(client.closeStatus()).isEqualTo(1002);
        }
    }

    private static void assertCandidate(JsonNode message, int number) {
        assertThat(message.path("candidate").path("candidate").stringValue()).isEqualTo("" + number);
        assertThat(message.path("seq").intValue()).isEqualTo(number + 1);
    }
}
