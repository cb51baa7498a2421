package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.signaling.StompClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whose socket is lost keeps its place in the room for as long as the server's own peer is connected to it. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.signaling.resume-timeout=500ms")
@Timeout(120)
class HeldPlaceIT {

    private static final String ROOM = "held";
    private static final Duration LONG = Duration.ofSeconds(2);
    private static final Text HELLO = new Text("hello");
    private static final JsonMapper JSON = JsonMapper.shared();

    @LocalServerPort
    private int port;

    @Test
    void aPlaceOutlastsItsTimeWhileTheConnectionStandsAndEndsWithIt() throws Exception {
        try (StompClient ada = StompClient.join(port, ROOM, "Ada");
                StompClient bob = StompClient.join(port, ROOM, "Bob");
                StompClient eve = StompClient.join(port, ROOM, "Eve")) {
            ada.message("joined");
            ada.message("joined");
            bob.message("joined");
            try (Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("echo");
                int seen = connect(bob, browser);
                echo(channel.awaitOpen());

                bob.abort();
                eve.abort();
                // She has no connection: the control.
                ada.assertLeft(eve, "lost");
                ada.assertQuietFor(LONG);
                echo(channel);

                try (StompClient again = StompClient.resume(port, bob.token(), seen)) {
                    again.assertResumed(bob);
                    again.assertLeft(eve, "lost");
                }
                ada.assertQuietFor(LONG);
                echo(channel);
            }
            ada.assertLeft(bob, "lost");
        }
    }

    /** Takes a browser through offer, answer and candidates; gives the number of the last message. */
    private static int connect(StompClient signaling, Browser browser) throws Exception {
        signaling.say(ROOM, "offer", JSON.writeValueAsString(Map.of("to", "server", "sdp", browser.gatheredOffer())));
        browser.accept(signaling.message("answer").path("sdp").stringValue());
        JsonNode message = signaling.message("candidate");
        while (!message.path("candidate").isNull()) {
            JsonNode candidate = message.path("candidate");
            browser.add(new IceCandidate(
                    candidate.path("candidate").stringValue(),
                    candidate.path("sdpMid").stringValue(),
                    candidate.path("sdpMLineIndex").intValue(),
                    null));
            message = signaling.message("candidate");
        }
        browser.awaitConnected();
        return message.path("seq").intValue();
    }

    private static void echo(BrowserChannel channel) throws Exception {
        channel.send(HELLO);
        assertThat(channel.receive()).isEqualTo(HELLO);
    }
}
