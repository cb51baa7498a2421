package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.serverpeer.sdp.IceCredentials;
import dev.peerhost.serverpeer.sdp.SdpFragment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/** Offers as SDP, and what may be done with the connection at the address that they get (RFC 9725), on the real port. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(120)
class ConnectionIT {

    private static final ChannelMessage HELLO = new Text("hello");
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String OFFER = "/__/peerhost/offer";
    private static final String SDP = "application/sdp";
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private PeerLinks links;

    @Test
    void anOfferAsSdpGetsAnAnswerAsSdpWithAnAddress() throws Exception {
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> answer = send("POST", OFFER, SDP, null, browser.gatheredOffer());

            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(header(answer, "Content-Type")).isEqualTo(SDP);
            assertThat(header(answer, "Location")).matches(OFFER + "/[A-Za-z0-9_-]{22}");
            assertThat(header(answer, "ETag")).matches("\"[^\"]+\"");
            assertThat(header(answer, "Accept-Patch")).contains(FRAGMENT, SDP);
            assertThat(answer.body()).startsWith("v=0\r\n").contains("a=candidate:", " typ host");
            browser.accept(answer.body());
            talk(channel);
        }
    }

    @Test
    void anAnswerAsJsonHasAnAddressToo() throws Exception {
        try (Browser browser = new Browser()) {
            browser.channel("echo");
            String offer = JSON.writeValueAsString(Map.of("type", "offer", "sdp", browser.gatheredOffer()));
            HttpResponse<String> answer = send("POST", OFFER, "application/json", null, offer);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(send("DELETE", header(answer, "Location"), null, null, "")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void deletingItFreesTheConnectionAtOnce() throws Exception {
        // Those of other tests go in their own time.
        Set<PeerLink> before = Set.copyOf(links.all());
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> answer = connect(browser, channel);
            String location = header(answer, "Location");
            List<PeerLink> mine =
                    links.all().stream().filter(link -> !before.contains(link)).toList();
            assertThat(mine).hasSize(1);

            HttpResponse<String> deleted = send("DELETE", location, null, "\"whatever\"", "");

            assertThat(deleted.statusCode()).isEqualTo(200);
            assertThat(links.all()).doesNotContainAnyElementsOf(mine);
            channel.awaitClosed();
            for (String method : new String[] {"DELETE", "PATCH"}) {
                refused(
                        send(method, location, FRAGMENT, header(answer, "ETag"), ""),
                        404,
                        "There is no such connection, or no longer");
            }
        }
    }

    @Test
    void whoLeavesWithoutAWordIsNotFoundEither() throws Exception {
        Browser browser = new Browser();
        BrowserChannel channel = browser.channel("echo");
        HttpResponse<String> answer = connect(browser, channel);
        browser.close();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        HttpResponse<String> left;
        do {
            left = send("PATCH", header(answer, "Location"), FRAGMENT, "*", "a=end-of-candidates");
        } while (left.statusCode() == 204 && System.nanoTime() < deadline);

        refused(left, 404, "There is no such connection, or no longer");
    }

    @Test
    void candidatesTrickleIn() throws Exception {
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> answer = send("POST", OFFER, SDP, null, browser.offer());
            String fragment = SdpFragment.of(browser.gatheredOffer());
            assertThat(fragment).contains("a=candidate:");

            HttpResponse<String> taken =
                    send("PATCH", header(answer, "Location"), FRAGMENT, header(answer, "ETag"), fragment);

            assertThat(taken.statusCode()).isEqualTo(204);
            assertThat(header(taken, "ETag")).isEqualTo(header(answer, "ETag"));
            browser.accept(answer.body());
            talk(channel);
        }
    }

    @Test
    void iceRestartsWithAFragmentAndTheChannelLives() throws Exception {
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> first = connect(browser, channel);
            String location = header(first, "Location");
            String restart = SdpFragment.of(browser.restartIce());

            HttpResponse<String> second = send("PATCH", location, FRAGMENT, "*", restart);

            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(header(second, "Content-Type")).isEqualTo(FRAGMENT);
            assertThat(header(second, "ETag")).matches("\"[^\"]+\"").isNotEqualTo(header(first, "ETag"));
            assertThat(second.body()).contains("a=candidate:", "a=mid:0").doesNotContain("v=0", "a=fingerprint");
            IceCredentials ours =
                    Objects.requireNonNull(SdpFragment.parse(second.body()).ice());
            // Whose candidates these are: a late one of the session before would be of no use.
            assertThat(second.body().lines().filter(line -> line.startsWith("a=candidate")))
                    .allMatch(line -> !line.contains(" ufrag ") || line.contains(" ufrag " + ours.ufrag()));
            browser.accept(answerWith(first.body(), second.body(), ours));
            talk(channel);

            refused(
                    send("PATCH", location, FRAGMENT, header(first, "ETag"), restart),
                    412,
                    "ICE was restarted meanwhile");
            talk(channel);
        }
    }

    @Test
    void iceRestartsWithAWholeOffer() throws Exception {
        try (Browser browser = new Browser();
                Browser stranger = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> first = connect(browser, channel);
            String location = header(first, "Location");

            HttpResponse<String> second = send("PATCH", location, SDP, header(first, "ETag"), browser.restartIce());

            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(header(second, "Content-Type")).isEqualTo(SDP);
            assertThat(header(second, "ETag")).isNotEqualTo(header(first, "ETag"));
            browser.accept(second.body());
            talk(channel);

            stranger.channel("echo");
            refused(
                    send("PATCH", location, SDP, "*", stranger.offer()),
                    409,
                    "The offer is of another RTCPeerConnection");
            talk(channel);
        }
    }

    @Test
    void whatAPatchMustHaveIsSaid() throws Exception {
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> answer = connect(browser, channel);
            String location = header(answer, "Location");
            String tag = header(answer, "ETag");

            refused(send("PATCH", location, FRAGMENT, null, ""), 428, "Send If-Match with the ETag");
            refused(send("PATCH", location, FRAGMENT, "\"other\"", ""), 412, "ICE was restarted meanwhile");
            refused(send("PATCH", location, FRAGMENT, "W/" + tag, ""), 412, "ICE was restarted meanwhile");
            refused(send("PATCH", location, FRAGMENT, tag, "v=0"), 400, "The SDP fragment has a line");
            refused(send("PATCH", location, SDP, tag, "v=0"), 400, "The SDP of the offer has no line o=…");
            refused(send("PATCH", location, FRAGMENT, tag, " ".repeat(65_537)), 413, "The body has 65,537 bytes");
            HttpResponse<String> type = send("PATCH", location, "application/json", tag, "{}");
            refused(type, 415, "Send Content-Type: application/trickle-ice-sdpfrag");
            assertThat(header(type, "Accept-Patch")).contains(FRAGMENT, SDP);
            assertThat(send("PATCH", location, FRAGMENT, "\"other\", " + tag, "a=end-of-candidates\r\n")
                            .statusCode())
                    .isEqualTo(204);
            talk(channel);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET  | /__/peerhost/offer     | POST, OPTIONS",
                "PUT  | /__/peerhost/offer     | POST, OPTIONS",
                "GET  | /__/peerhost/offer/key | PATCH, DELETE, OPTIONS",
                "POST | /__/peerhost/offer/key | PATCH, DELETE, OPTIONS"
            })
    void anotherMethodIsRefused(String method, String path, String allowed) throws Exception {
        HttpResponse<String> response = send(method, path, SDP, null, "");

        refused(response, 405, "This address does not take " + method);
        assertThat(header(response, "Allow")).isEqualTo(allowed);
    }

    @Test
    void optionsTellWhatIsTakenAndOpenNothingToOtherOrigins() throws Exception {
        HttpResponse<String> offer = send("OPTIONS", OFFER, null, null, "");
        HttpResponse<String> connection = send("OPTIONS", OFFER + "/key", null, null, "");

        assertThat(offer.statusCode()).isEqualTo(204);
        assertThat(header(offer, "Allow")).isEqualTo("POST, OPTIONS");
        assertThat(header(offer, "Accept-Post")).isEqualTo("application/json, application/sdp");
        assertThat(header(connection, "Allow")).isEqualTo("PATCH, DELETE, OPTIONS");
        assertThat(header(connection, "Accept-Patch")).contains(FRAGMENT);
        assertThat(offer.headers().map()).doesNotContainKey("access-control-allow-origin");
    }

    private HttpResponse<String> connect(Browser browser, BrowserChannel channel) throws Exception {
        HttpResponse<String> answer = send("POST", OFFER, SDP, null, browser.gatheredOffer());
        browser.accept(answer.body());
        talk(channel);
        return answer;
    }

    private static void talk(BrowserChannel channel) throws Exception {
        channel.awaitOpen().send(HELLO);
        assertThat(channel.receive()).isEqualTo(HELLO);
    }

    /** As a client of RFC 9725 makes it: what was agreed on before, with the ICE session of the fragment. */
    private static String answerWith(String answer, String fragment, IceCredentials ice) {
        String rest = answer.lines()
                .filter(line -> !line.startsWith("a=candidate:"))
                .map(ice::replaceIn)
                .collect(Collectors.joining("\r\n"));
        String candidates =
                fragment.lines().filter(line -> line.startsWith("a=candidate:")).collect(Collectors.joining("\r\n"));
        return rest + "\r\n" + candidates + "\r\n";
    }

    private HttpResponse<String> send(
            String method, String path, @Nullable String type, @Nullable String ifMatch, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(30))
                .method(method, BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static void refused(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
        assertThat(JSON.readTree(response.body()).path("message").asString())
                .startsWith(sentence)
                .endsWith(".");
    }
}
