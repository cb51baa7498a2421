package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose own peer is off: the rest works, and who asks for the peer is told why there is none. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.peer.enabled=false")
class NoServerPeerIT {

    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

    @LocalServerPort
    private int port;

    @Test
    void browsersMeetAllTheSameAndAnOfferToTheServerIsRefused() throws Exception {
        try (StompClient ada = StompClient.connect(port)) {
            ada.say("alone", "join", "{}");
            assertThat(ada.message("roster").path("peers")).isEmpty();

            ada.say("alone", "offer", "{\"to\":\"server\",\"sdp\":\"v=0\"}");

            JsonNode rejected = ada.message("rejected");
            assertThat(rejected.path("code").stringValue()).isEqualTo("SERVER_PEER_UNAVAILABLE");
            assertThat(rejected.path("message").stringValue()).contains("/__/peerhost/health");
        }
    }

    @Test
    void configurationHealthAndTheOfferEndpointSaySo() throws Exception {
        JsonNode config =
                JsonMapper.shared().readTree(get("/__/peerhost/config.json").body());
        JsonNode health =
                JsonMapper.shared().readTree(get("/__/peerhost/health").body());
        assertThat(config.get("serverPeer").isNull()).isTrue();
        assertThat(health.path("status").stringValue()).isEqualTo("UP");
        assertThat(health.path("serverPeer").path("available").booleanValue()).isFalse();
        assertThat(health.path("serverPeer").path("reason").stringValue()).contains("peerhost.peer.enabled");

        HttpResponse<String> refused = send(HttpRequest.newBuilder(uri("/__/peerhost/offer"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OFFER))
                .build());

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("peerhost.peer.enabled");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
