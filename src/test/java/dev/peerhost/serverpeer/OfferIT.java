package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code POST /__/peerhost/offer} on the real port. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(120)
class OfferIT {

    private static final ChannelMessage HELLO = new Text("hello");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private PeerLinks links;

    @Test
    void anOfferWithCandidatesGetsAnAnswerWithCandidates() throws Exception {
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            HttpResponse<String> response = post(description("offer", browser.gatheredOffer()));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
            JsonNode answer = JSON.readTree(response.body());
            assertThat(answer.propertyNames()).containsExactly("type", "sdp");
            assertThat(answer.path("type").asString()).isEqualTo("answer");
            assertThat(answer.path("sdp").asString())
                    .contains("a=candidate:", " typ host")
                    .doesNotContain(" tcp ");
            browser.accept(answer.path("sdp").asString());
            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    /** The first waits a while for more; those that know how many there usually are do not, and miss none. */
    @Test
    void everyAnswerHasTheSameAddresses() throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("echo");
                String answer = JSON.readTree(post(description("offer", browser.gatheredOffer()))
                                .body())
                        .path("sdp")
                        .asString();
                addresses.add(answer.lines()
                        .filter(line -> line.startsWith("a=candidate:"))
                        .map(line -> line.split(" ")[4])
                        .sorted()
                        .collect(Collectors.joining(" ")));
                browser.accept(answer);
                channel.awaitOpen();
            }
        }
        assertThat(addresses.getFirst()).isNotEmpty();
        assertThat(addresses).containsOnly(addresses.getFirst());
    }

    /** The browser of this test takes as long for all of its candidates as the server would for its own. */
    @Test
    void anAnswerDoesNotWaitForTheEndOfGathering() throws Exception {
        long gathering = Long.MAX_VALUE;
        long answering = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            try (Browser browser = new Browser()) {
                browser.channel("echo");
                long start = System.nanoTime();
                String offer = description("offer", browser.gatheredOffer());
                gathering = Math.min(gathering, System.nanoTime() - start);
                start = System.nanoTime();
                assertThat(post(offer).statusCode()).isEqualTo(200);
                answering = Math.min(answering, System.nanoTime() - start);
            }
        }
        assertThat(answering).isLessThan(gathering / 2);
    }

    @Test
    void aHubOverHttpNamesItsRoom() throws Exception {
        try (Browser here = new Browser();
                Browser there = new Browser()) {
            BrowserChannel one = here.channel("hub?room=over-http");
            BrowserChannel two = there.channel("hub?room=over-http");
            connect(here);
            connect(there);
            two.awaitOpen();
            one.awaitOpen();
            while (two.waiting() == 0) {
                one.send(HELLO);
                Thread.sleep(5);
            }

            assertThat(two.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void aCleanCloseIsFreedWithinSeconds() throws Exception {
        int before = links.size();
        Browser browser = new Browser();
        BrowserChannel channel = browser.channel("echo");
        connect(browser);
        channel.awaitOpen();
        assertThat(links.size()).isEqualTo(before + 1);

        long closed = System.nanoTime();
        browser.close();
        while (links.size() > before) {
            assertThat(System.nanoTime() - closed)
                    .isLessThan(Duration.ofSeconds(5).toNanos());
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                     | The body is not JSON",
                "[]                                    | The body's \"type\" must be \"offer\"",
                "{\"type\":\"answer\",\"sdp\":\"v=0\"} | The body's \"type\" must be \"offer\"",
                "{\"sdp\":\"v=0\"}                     | The body's \"type\" must be \"offer\"",
                "{\"type\":\"offer\"}                  | The body's \"sdp\" must be a string",
                "{\"type\":\"offer\",\"sdp\":null}     | The body's \"sdp\" must be a string",
                "{\"type\":\"offer\",\"sdp\":7}        | The body's \"sdp\" must be a string",
                "{\"type\":\"offer\",\"sdp\":\"\"}     | The SDP of the offer does not start with the line v=0"
            })
    void aBadBodyIsRefusedWithASentence(String body, String sentence) throws Exception {
        refused(post(body), 400, sentence);
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        refused(post(description("offer", "v=0\r\n" + "a=x\r\n".repeat(7000))), 413, "The SDP has ");
        refused(post(" ".repeat(65_537)), 413, "The body has 65,537 bytes and at most 65,536 are taken");
        HttpRequest unannounced = request("application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[100_000])))
                .build();
        refused(client.send(unannounced, BodyHandlers.ofString()), 413, "The body has ");
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "rubbish", "application/*+xml"})
    void anotherTypeIsRefused(String type) throws Exception {
        HttpRequest request = request(type).POST(BodyPublishers.ofString("{}")).build();

        refused(client.send(request, BodyHandlers.ofString()), 415, "Send Content-Type: application/json");
    }

    @Test
    void noOtherOriginIsLetIn() throws Exception {
        HttpRequest request = request("application/json")
                .header("Origin", "http://elsewhere.example")
                .POST(BodyPublishers.ofString("{}"))
                .build();

        assertThat(client.send(request, BodyHandlers.ofString()).headers().map())
                .doesNotContainKey("access-control-allow-origin");
    }

    /** What a stranger may send: 200 or a refusal each time, and the process lives. */
    @Test
    void mutatedOffersAreAnsweredOrRefused() throws Exception {
        try (Browser browser = new Browser()) {
            browser.channel("echo");
            String sdp = browser.gatheredOffer();
            Random random = new Random(7);
            int refused = 0;
            for (int i = 0; i < 80; i++) {
                HttpResponse<String> response = post(description("offer", mutate(sdp, random)));
                assertThat(response.statusCode()).isIn(200, 400, 413);
                if (response.statusCode() != 200) {
                    refused++;
                    assertThat(JSON.readTree(response.body()).path("message").asString())
                            .endsWith(".");
                }
            }
            assertThat(refused).isBetween(10, 79);
        }
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            connect(browser);
            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    private static String mutate(String sdp, Random random) {
        String[] lines = sdp.split("\r\n", -1);
        int line = random.nextInt(lines.length);
        String old = lines[line];
        int at = old.isEmpty() ? 0 : random.nextInt(old.length());
        lines[line] = switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> old + "\r\n" + old;
            case 2 -> old.substring(0, at);
            case 3 ->
                old.substring(0, at) + (char) random.nextInt(1, 0x250) + old.substring(Math.min(at + 1, old.length()));
            case 4 -> old.replaceAll("[0-9]+", String.valueOf(random.nextLong()));
            default -> old.substring(0, at) + "x".repeat(random.nextInt(3000)) + old.substring(at);
        };
        return String.join("\r\n", lines);
    }

    private void connect(Browser browser) throws Exception {
        HttpResponse<String> response = post(description("offer", browser.gatheredOffer()));
        browser.accept(JSON.readTree(response.body()).path("sdp").asString());
    }

    private HttpResponse<String> post(String body) throws Exception {
        return client.send(
                request("application/json").POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String type) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/__/peerhost/offer".formatted(port)))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type);
    }

    private static void refused(HttpResponse<String> response, int status, String sentence) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("message").asString()).startsWith(sentence).endsWith(".");
        assertThat(problem.path("detail")).isEqualTo(problem.path("message"));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("title").asString()).isNotBlank();
    }

    private static String description(String type, String sdp) {
        return JSON.writeValueAsString(Map.of("type", type, "sdp", sdp));
    }
}
