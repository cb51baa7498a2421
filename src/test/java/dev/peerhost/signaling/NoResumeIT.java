package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The control of {@link ResumeIT}: the same faults where no place is kept. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.signaling.resume-timeout=0s")
class NoResumeIT {

    @LocalServerPort
    private int port;

    @Test
    void withoutKeptPlacesATornSocketIsLostAtOnceAndCannotGoOn() throws Exception {
        try (CuttableProxy network = new CuttableProxy(port);
                StompClient ada = StompClient.join(port, "control", "Ada");
                StompClient bob = StompClient.join(network.port(), "control", "Bob")) {
            ada.message("joined");

            network.tear();

            assertThat(ada.message("left").path("reason").stringValue()).isEqualTo("lost");
            try (StompClient again = StompClient.resume(port, bob.token(), 1)) {
                assertThat(again.message("welcome").path("resumed").booleanValue())
                        .isFalse();
            }
        }
    }
}
