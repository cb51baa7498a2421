package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose requests count as whose, behind a reverse proxy and without one, and what those who ask too much are told. */
@Timeout(180)
class ProxyIT {

    private static final String ADA = "203.0.113.1";
    private static final String BOB = "2001:db8::1";
    private static final int ROUNDS = 20;
    private static final List<String> ONE_A_SECOND =
            List.of("--peerhost.peer.limits.offers-per-second=1", "--peerhost.peer.limits.offers-burst=2");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void behindATrustedProxyEachClientCountsForItself() throws Exception {
        List<String> options = new ArrayList<>(ONE_A_SECOND);
        options.add("--server.forward-headers-strategy=native");
        try (ChildServer server = new ChildServer(folder, options)) {
            HttpResponse<String> refused = untilRefused(server, ADA);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(refused.body()).contains("wait a second");
            assertThat(offer(server, BOB).statusCode()).isEqualTo(400);
        }
    }

    /** Else anybody could be somebody else in each request. */
    @Test
    void otherwiseTheHeaderIsNotBelieved() throws Exception {
        try (ChildServer server = new ChildServer(folder, ONE_A_SECOND)) {
            untilRefused(server, ADA);
            // Another second may have begun, with one offer in it, but not in each round.
            untilRefused(server, BOB);
            int refused = 0;
            for (int i = 0; i < ROUNDS; i++) {
                refused += offer(server, "203.0.113." + (10 + i)).statusCode() == 429 ? 1 : 0;
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void whoeverComesWhenAllPlacesAreTakenIsToldWhenToTryAgain() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of("--peerhost.peer.max-connections=1"));
                Browser one = new Browser();
                Browser two = new Browser()) {
            one.channel("echo");
            two.channel("echo");
            assertThat(offerOf(server, one).statusCode()).isEqualTo(201);
            HttpResponse<String> refused = offerOf(server, two);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(refused.body()).contains("try again later");
        }
    }

    private HttpResponse<String> untilRefused(ChildServer server, String client) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            HttpResponse<String> answer = offer(server, client);
            if (answer.statusCode() == 429) {
                return answer;
            }
            assertThat(answer.statusCode()).isEqualTo(400);
        }
        throw new AssertionError("%d offers at once were all read".formatted(ROUNDS));
    }

    /** One that is none, as it costs the same. */
    private HttpResponse<String> offer(ChildServer server, String client) throws Exception {
        return post(server, client, "v=0");
    }

    private HttpResponse<String> offerOf(ChildServer server, Browser browser) throws Exception {
        return post(server, ADA, browser.gatheredOffer());
    }

    private HttpResponse<String> post(ChildServer server, String client, String sdp) throws Exception {
        return this.client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:%d/__/peerhost/offer".formatted(server.port())))
                        .header("Content-Type", "application/sdp")
                        .header("X-Forwarded-For", client)
                        .POST(BodyPublishers.ofString(sdp))
                        .build(),
                BodyHandlers.ofString());
    }
}
