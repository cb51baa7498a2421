package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A folder with rules on a real port: what superstatic has not, or has otherwise. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.peer.enabled=false")
class RulesIT {

    private static final String TEXT = "some text that compresses ".repeat(200);

    private static final String LARGE =
            IntStream.range(0, 500_000).mapToObj(Integer::toString).collect(Collectors.joining(","));

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    private RawHttp http;

    @DynamicPropertySource
    static void createSite(DynamicPropertyRegistry registry) throws IOException {
        Files.writeString(folder.resolve("firebase.json"), """
                {
                  "hosting": {
                    "public": "public",
                    "ignore": ["drafts/**"],
                    "redirects": [
                      { "source": "/old/:id", "destination": "/new/:id" }
                    ],
                    "rewrites": [
                      { "source": "/api/**", "function": "api" },
                      { "source": "/app/**", "destination": "/index.html" }
                    ],
                    "headers": [
                      { "source": "**/*.js", "headers": [{ "key": "Cache-Control", "value": "max-age=60" }] }
                    ]
                  }
                }
                """);
        Path site = folder.resolve("public");
        TestSite.write(site.resolve("index.html"), "home");
        TestSite.write(site.resolve("app.js"), TEXT);
        TestSite.write(site.resolve("ready.js"), "as it is");
        TestSite.write(site.resolve("ready.js.br"), "encoded beforehand");
        TestSite.write(site.resolve("stale.js"), "new");
        TestSite.write(site.resolve("stale.js.gz"), "of yesterday");
        Files.setLastModifiedTime(site.resolve("stale.js.gz"), FileTime.fromMillis(1_600_000_000_000L));
        TestSite.write(site.resolve("large.txt"), LARGE);
        TestSite.write(site.resolve("drafts/x.html"), TestSite.SECRET);
        registry.add("peerhost.hosting.dir", folder::toString);
    }

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    @Test
    void anEncodedFormHasItsOwnTag() throws Exception {
        HttpResponse<byte[]> plain = fetch("/app.js", "identity");
        HttpResponse<byte[]> zipped = fetch("/app.js", "gzip");

        assertThat(new String(unzip(zipped.body()), StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(plain.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        String tag = zipped.headers().firstValue("ETag").orElseThrow();
        assertThat(tag)
                .matches("\"[^\"]+\"")
                .isNotEqualTo(plain.headers().firstValue("ETag").orElseThrow());
        assertThat(http.get("/app.js", "Accept-Encoding: gzip", "If-None-Match: " + tag)
                        .status())
                .isEqualTo(304);
        assertThat(http.get("/app.js", "If-None-Match: " + tag).status()).isEqualTo(200);
    }

    @Test
    void aPartIsOneOfTheFileAsItIs() throws IOException {
        RawHttp.Answer part = http.get("/app.js", "Accept-Encoding: gzip", "Range: bytes=0-3");

        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("some");
        assertThat(part.header("Content-Encoding")).isNull();
    }

    @Test
    void whatIsLargeIsEncodedWhileItIsSent() throws Exception {
        HttpResponse<byte[]> zipped = fetch("/large.txt", "gzip");

        assertThat(zipped.headers().firstValue("Content-Length")).isEmpty();
        assertThat(unzip(zipped.body())).hasSize(LARGE.length());
        assertThat(fetch("/large.txt", "br").body().length).isLessThan(LARGE.length() / 2);
        assertThat(fetch("/large.txt", "identity").body()).hasSize(LARGE.length());
    }

    @Test
    void whatWasEncodedBeforehandIsSentUnlessItIsStale() throws IOException {
        RawHttp.Answer ready = http.get("/ready.js", "Accept-Encoding: gzip, br");
        assertThat(ready.text()).isEqualTo("encoded beforehand");
        assertThat(ready.header("Content-Encoding")).isEqualTo("br");
        assertThat(ready.header("Content-Type")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(http.get("/ready.js", "Accept-Encoding: gzip").text()).isEqualTo("as it is");
        assertThat(http.get("/stale.js", "Accept-Encoding: gzip").text()).isEqualTo("new");
    }

    @Test
    void configuredHeadersReplaceOurs() throws IOException {
        assertThat(http.get("/app.js").header("Cache-Control")).isEqualTo("max-age=60");
        assertThat(http.get("/").header("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void aServiceThatIsNotHereIsSaid() throws IOException {
        for (String method : List.of("GET", "POST")) {
            RawHttp.Answer answer = http.send(method, "/api/x", "Content-Length: 0");
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.text()).contains("function &quot;api&quot;");
        }
    }

    @Test
    void answersNameTheRuleThatDecided() throws IOException {
        assertThat(http.get("/old/7").header("X-Peerhost-Rule")).isEqualTo("redirects[0] line 6");
        assertThat(http.get("/app/7").header("X-Peerhost-Rule")).isEqualTo("rewrites[1] line 10");
        assertThat(http.get("/app.js").header("X-Peerhost-Rule")).isEqualTo("file");
        assertThat(http.get("/nope").header("X-Peerhost-Rule")).isEqualTo("missing");
    }

    @Test
    void aPathIsExplainedStepByStep() throws IOException {
        RawHttp.Answer answer = http.get("/__/peerhost/hosting/explain?path=/app/7");

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text())
                .contains("\"path\":\"/app/7\"", "\"status\":200", "\"by\":\"rewrites[1] line 10\"")
                .contains("{\"stage\":\"redirects\",\"index\":0,\"line\":6,\"source\":\"/old/:id\",\"taken\":false,"
                        + "\"what\":\"no match\"}")
                .contains("{\"stage\":\"files\",\"taken\":false,\"what\":\"there is none\"}")
                .contains("{\"stage\":\"rewrites\",\"index\":1,\"line\":10,\"source\":\"/app/**\",\"taken\":true,"
                        + "\"what\":\"→ /index.html\"}")
                .doesNotContain(folder.toString());
        RawHttp.Answer page = http.get("/__/peerhost/hosting/explain?path=/old/%3Cb%3E", "Accept: text/html");
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text())
                .contains("/old/&lt;b&gt;", "redirects[0]", "href=\"/old/&lt;b&gt;\"")
                .doesNotContain("<b>/", "/<b>");
        assertThat(http.get("/__/peerhost/hosting/explain?path=//other.example/", "Accept: text/html")
                        .text())
                .contains("//other.example/")
                .doesNotContain("href=\"//");
    }

    @Test
    void whatIsIgnoredIsMissing() throws IOException {
        assertThat(http.get("/drafts/x.html").status()).isEqualTo(404);
    }

    @Test
    void http2IsSpokenToWhomAsksForIt() throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/large.txt"))
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).hasSize(LARGE.length());
        }
    }

    private HttpResponse<byte[]> fetch(String path, String encoding) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Accept-Encoding", encoding)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static byte[] unzip(byte[] zipped) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }
}
