package dev.peerhost.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built-in site and everything under {@code /__/peerhost/}, on a real port, with the server's own peer off. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "peerhost.peer.enabled=false",
            "peerhost.ice.servers[0].urls=stun:192.0.2.1:3478",
            "peerhost.ice.servers[1].urls=turn:192.0.2.1:3478?transport=udp",
            "peerhost.ice.servers[1].username=ada",
            "peerhost.ice.servers[1].credential=secret"
        })
class BuiltInSiteIT {

    @LocalServerPort
    private int port;

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void theConfigurationIsExactlyThis() throws IOException {
        RawHttp.Answer answer = http.get("/__/peerhost/config.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        String version = json(answer).get("version").asString();
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(answer.text()).isEqualTo("""
                        {"signaling":"/__/peerhost/signaling","iceServers":[{"urls":["stun:192.0.2.1:3478"]},\
                        {"urls":["turn:192.0.2.1:3478?transport=udp"],"username":"ada","credential":"secret"}],\
                        "serverPeer":null,"version":"%s"}""".formatted(version));
        assertThat(http.get("/__/peerhost/config.json", "If-None-Match: " + answer.header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void healthSaysWhyTheServerPeerIsMissingAndThatTheRestWorks() throws IOException {
        RawHttp.Answer answer = http.get("/__/peerhost/health");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode health = json(answer);
        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.get("serverPeer").get("available").asBoolean()).isFalse();
        assertThat(health.get("serverPeer").get("reason").asString()).contains("peerhost.peer.enabled");
    }

    @Test
    void theStartPageKnowsTheServer() throws IOException {
        for (String target : List.of("/", "/__/peerhost/")) {
            RawHttp.Answer answer = http.get(target);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
            assertThat(answer.text()).contains("http://localhost:" + port + "/", "peerhost.peer.enabled");
            assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'self';");
        }
        assertThat(http.send("HEAD", "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/__/peerhost"})
    void thePagesStandInBothPlacesWithAllThatTheyLoad(String mount) throws IOException {
        for (String page : List.of("/", "/lab/", "/chat/", "/echo/")) {
            RawHttp.Answer answer = http.get(mount + page);
            assertThat(answer.status()).as(mount + page).isEqualTo(200);
            assertThat(answer.headers())
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "no-referrer")
                    .containsKey("Content-Security-Policy");
            var loads = Pattern.compile("<(?:script|link)[^>]* (?:src|href)=\"([^\"#]+)")
                    .matcher(answer.text());
            while (loads.find()) {
                String target = java.net
                        .URI
                        .create(mount + page)
                        .resolve(loads.group(1))
                        .toString();
                assertThat(http.get(target).status()).as(target).isEqualTo(200);
            }
        }
        assertThat(http.get(mount + "/chat?room=x").header("Location")).isEqualTo(mount + "/chat/?room=x");
    }

    @ParameterizedTest
    @CsvSource({
        "/__/peerhost/peerhost.js, joinRoom",
        "/__/peerhost/stomp.js, ./stompjs/index.js",
        "/__/peerhost/stompjs/index.js, ./client.js",
        "/__/peerhost/stompjs/compatibility/stomp.js, class"
    })
    void theLibraryIsServedAsModules(String target, String text) throws IOException {
        RawHttp.Answer answer = http.get(target);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains(text);
        assertThat(answer.header("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
        String tag = Objects.requireNonNull(answer.header("ETag"));
        assertThat(http.get(target, "If-None-Match: " + tag).status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/__/peerhost/nope",
                "/__/peerhost/nope.js",
                "/__/peerhost/stompjs/",
                "/__/peerhost/stompjs/../../../../stomp.js",
                "/__/peerhost/..%2f..%2fapplication.yml",
                "/__/peerhost/peerhost.test.js",
                "/__/peerhost/error",
                "/__/x",
                "/error",
                "/actuator",
                "/actuator/health",
                "/webjars/stomp__stompjs/7.2.1/esm6/index.js",
                "/application.yml",
                "/home",
                "/templates/home.html"
            })
    void nothingElseIsThere(String target) throws IOException {
        RawHttp.Answer answer = http.get(target);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("Exception", "dev.peerhost", "BOOT-INF", "target/classes");
    }

    @Test
    void aHandlersRefusalIsASentenceToo() throws IOException {
        RawHttp.Answer page = http.send("DELETE", "/__/peerhost/config.json");
        assertThat(page.status()).isEqualTo(405);
        assertThat(page.header("Allow")).contains("GET");
        assertThat(page.text()).contains("This address does not take this method");

        RawHttp.Answer problem = http.send("DELETE", "/__/peerhost/config.json", "Accept: application/json");
        assertThat(json(problem).get("detail").asString()).startsWith("This address does not take this method");
    }

    @Test
    void whatIsMissingIsAPageOrAProblemAsTheClientPrefers() throws IOException {
        assertThat(http.get("/__/peerhost/nope").header("Content-Type")).startsWith("text/html");
        RawHttp.Answer problem = http.get("/__/peerhost/nope", "Accept: application/json");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(json(problem).get("detail").asString()).startsWith("There is nothing at this address");
    }

    private static JsonNode json(RawHttp.Answer answer) {
        return new JsonMapper().readTree(answer.text());
    }
}
