package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A user's folder on a real port. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.peer.enabled=false", "peerhost.hosting.allowed-hosts=demo.example.org"})
class HostingIT {

    @TempDir
    static Path temporary;

    @LocalServerPort
    private int port;

    private RawHttp http;

    @DynamicPropertySource
    static void createSite(DynamicPropertyRegistry registry) throws IOException {
        Path folder = TestSite.create(temporary);
        registry.add("peerhost.hosting.dir", folder::toString);
    }

    private static Path file(String name) {
        return temporary.resolve("site").resolve(name);
    }

    @BeforeEach
    void connect() {
        http = new RawHttp(port);
    }

    static List<String> traversals() throws IOException {
        return TestSite.traversals();
    }

    @ParameterizedTest
    @MethodSource("traversals")
    void nothingLeadsOutOfTheFolder(String path) throws IOException {
        for (String target : List.of(path, "http://localhost" + path, path + "?x=1", path + "#x")) {
            RawHttp.Answer answer = http.get(target);

            assertThat(answer.status()).as(target).isIn(400, 404);
            assertThat(answer.text())
                    .as(target)
                    .doesNotContain(
                            TestSite.SECRET, "root:", "Exception", "org.apache", "at dev.", temporary.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.txt",
                "secret.txt",
                "*",
                "file:///etc/passwd",
                "http://localhost/../secret.txt",
                "http://evil.example/index.html",
                "//localhost/../secret.txt",
                "http:/../secret.txt",
                "\\..\\secret.txt"
            })
    void oddRequestTargetsAreRefused(String target) throws IOException {
        RawHttp.Answer answer = http.get(target);

        assertThat(answer.status()).isIn(400, 404, 421);
        assertThat(answer.text()).doesNotContain(TestSite.SECRET, "root:", "Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "/, index.html, text/html;charset=utf-8",
        "/dir/, dir/index.html, text/html;charset=utf-8",
        "/app.mjs, app.mjs, text/javascript;charset=utf-8",
        "/app.wasm, app.wasm, application/wasm",
        "/LICENSE.unknown, LICENSE.unknown, application/octet-stream",
        "/%C3%BCber.txt, über.txt, text/plain;charset=utf-8",
        "/error, error, application/octet-stream",
        "/webjars/x, webjars/x, application/octet-stream",
        "/actuator/x, actuator/x, application/octet-stream",
        "/.well-known/x, .well-known/x, application/octet-stream",
        "/app.js?version=2, app.js, text/javascript;charset=utf-8"
    })
    void filesAreServedWithTypeLengthAndTag(String target, String body, String type) throws IOException {
        RawHttp.Answer answer = http.get(target);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.headers())
                .containsEntry("Content-Type", type)
                .containsEntry("Content-Length", Integer.toString(answer.size()))
                .containsEntry("Cache-Control", "no-cache")
                .containsEntry("Accept-Ranges", "bytes")
                .containsKeys("ETag", "Last-Modified")
                .doesNotContainKeys("Content-Security-Policy", "Server");
    }

    @Test
    void anEmptyFileHasALengthOfZero() throws IOException {
        RawHttp.Answer answer = http.get("/zero.txt");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("Content-Length", "0");
    }

    @Test
    void aFolderGetsItsSlashAndKeepsItsQuery() throws IOException {
        RawHttp.Answer answer = http.get("/dir?a=b&c");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.header("Location")).isEqualTo("/dir/?a=b&c");
    }

    @Test
    void anEditIsSeenByTheNextRequest() throws IOException {
        Path file = Files.writeString(file("edited.html"), "one");
        RawHttp.Answer first = http.get("/edited.html");
        assertThat(first.text()).isEqualTo("one");

        Files.writeString(file, "two");
        RawHttp.Answer second = http.get("/edited.html", "If-None-Match: " + first.header("ETag"));
        assertThat(second.text()).isEqualTo("two");

        Files.delete(file);
        assertThat(http.get("/edited.html").status()).isEqualTo(404);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws IOException {
        Path file = Files.writeString(file("kept.html"), "kept");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_123L));
        RawHttp.Answer first = http.get("/kept.html");
        String tag = first.header("ETag");
        String date = first.header("Last-Modified");

        assertThat(http.get("/kept.html", "If-None-Match: " + tag)).satisfies(HostingIT::isNotModified);
        assertThat(http.get("/kept.html", "If-None-Match: \"x\", W/" + tag)).satisfies(HostingIT::isNotModified);
        assertThat(http.get("/kept.html", "If-None-Match: *")).satisfies(HostingIT::isNotModified);
        assertThat(http.get("/kept.html", "If-Modified-Since: " + date)).satisfies(HostingIT::isNotModified);
        assertThat(http.send("HEAD", "/kept.html", "If-None-Match: " + tag)).satisfies(HostingIT::isNotModified);
        assertThat(http.get("/kept.html", "If-None-Match: \"x\"", "If-Modified-Since: " + date)
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/kept.html", "If-Modified-Since: Tue, 14 Nov 2023 22:13:19 GMT")
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/kept.html", "If-Modified-Since: yesterday").status())
                .isEqualTo(200);
    }

    private static void isNotModified(RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(304);
        assertThat(answer.size()).isZero();
        assertThat(answer.headers()).containsKeys("ETag", "Cache-Control", "Last-Modified");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-1, 206, 01, bytes 0-1/10",
        "bytes=8-, 206, 89, bytes 8-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=-0, 416, '', bytes */10",
        "bytes=3-99999999999999999999, 206, 3456789, bytes 3-9/10",
        "bytes=99999999999999999999-, 416, '', bytes */10",
        "bytes=-99999999999999999999, 206, 0123456789, bytes 0-9/10",
        "bytes=5-2, 200, 0123456789,",
        "bytes=x, 200, 0123456789,",
        "'bytes=0-1,3-4', 200, 0123456789,"
    })
    void aPartCanBeAskedFor(String range, int status, String body, @Nullable String contentRange) throws IOException {
        Files.writeString(file("digits.txt"), "0123456789");

        RawHttp.Answer answer = http.get("/digits.txt", "Range: " + range);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.header("Content-Range")).isEqualTo(contentRange);
        assertThat(answer.header("Content-Length")).isEqualTo(Integer.toString(body.length()));
    }

    @Test
    void aPartOfAnotherVersionIsTheWhole() throws IOException {
        Files.writeString(file("digits.txt"), "0123456789");
        RawHttp.Answer whole = http.get("/digits.txt");

        assertThat(http.get("/digits.txt", "Range: bytes=0-1", "If-Range: " + whole.header("ETag"))
                        .status())
                .isEqualTo(206);
        assertThat(http.get("/digits.txt", "Range: bytes=0-1", "If-Range: " + whole.header("Last-Modified"))
                        .status())
                .isEqualTo(206);
        assertThat(http.get("/digits.txt", "Range: bytes=0-1", "If-Range: \"old\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoWantsAnOlderVersionGetsNone() throws IOException {
        Files.writeString(file("digits.txt"), "0123456789");
        String tag = http.get("/digits.txt").header("ETag");

        for (String condition : List.of("If-Match: \"old\"", "If-Unmodified-Since: Tue, 14 Nov 2023 22:13:19 GMT")) {
            RawHttp.Answer refused = http.get("/digits.txt", condition, "Range: bytes=5-");
            assertThat(refused.status()).as(condition).isEqualTo(412);
            assertThat(refused.size()).isZero();
        }
        for (String condition : List.of("If-Match: *", "If-Match: \"old\", " + tag, "If-Unmodified-Since: some day")) {
            assertThat(http.get("/digits.txt", condition).status())
                    .as(condition)
                    .isEqualTo(200);
        }
    }

    @Test
    void headSaysWhatGetWould() throws IOException {
        RawHttp.Answer get = http.get("/app.js");
        RawHttp.Answer head = http.send("HEAD", "/app.js");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.size()).isZero();
        for (String header : List.of("Content-Length", "Content-Type", "ETag", "Last-Modified")) {
            assertThat(head.header(header)).isEqualTo(get.header(header));
        }
        assertThat(http.send("HEAD", "/nope").status()).isEqualTo(404);
        assertThat(http.send("HEAD", "/dir").status()).isEqualTo(301);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "BREW"})
    void otherMethodsAreNotAllowed(String method) throws IOException {
        for (String target : List.of("/app.js", "/", "/nope", "/dir")) {
            RawHttp.Answer answer = http.send(method, target, "Content-Length: 0");

            assertThat(answer.status()).as(target).isEqualTo(405);
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void aLargeFileArrivesWhole() throws IOException {
        String text = IntStream.range(0, 700_000).mapToObj(i -> i + ",").collect(Collectors.joining());
        Files.writeString(file("large.bin"), text);

        assertThat(http.get("/large.bin").text().equals(text)).isTrue();
        assertThat(http.get("/large.bin", "Range: bytes=-7").text()).isEqualTo("699999,");
    }

    /** Above what the kernel sends by itself where it can: HTTP/1.1 without TLS. */
    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aLargeFileItsPartsAndItsEncodedFormArriveWholeInEitherVersion(HttpClient.Version version) throws Exception {
        byte[] bytes = new byte[3_000_001];
        new Random(7).nextBytes(bytes);
        Files.write(file("large.png"), bytes);
        String text = IntStream.range(0, 700_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Files.writeString(file("large.txt"), text);

        HttpResponse<byte[]> whole = get(version, "/large.png");
        assertThat(whole.version()).isEqualTo(version);
        assertThat(whole.body()).isEqualTo(bytes);
        assertThat(whole.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);
        HttpResponse<byte[]> part = get(version, "/large.png", "Range", "bytes=100001-2500000");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 100_001, 2_500_001));
        HttpResponse<byte[]> encoded = get(version, "/large.txt", "Accept-Encoding", "gzip");
        assertThat(encoded.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (var in = new GZIPInputStream(new ByteArrayInputStream(encoded.body()))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).equals(text))
                    .isTrue();
        }
    }

    private HttpResponse<byte[]> get(HttpClient.Version version, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @Test
    void anErrorIsASentenceInTheFormThatTheClientPrefers() throws IOException {
        RawHttp.Answer page = http.get("/nope");
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.text()).contains("<p class=\"lead\">There is nothing at this address; check its spelling.</p>");

        for (String accept :
                List.of("application/json", "text/html;q=0.5, application/problem+json", "application/*+json")) {
            RawHttp.Answer problem = http.get("/nope", "Accept: " + accept);
            assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(problem.text())
                    .isEqualTo("{\"status\":404,\"title\":\"Not Found\","
                            + "\"detail\":\"There is nothing at this address; check its spelling.\"}");
        }
        assertThat(http.get("/nope", "Accept: text/html, application/json;q=0.9")
                        .header("Content-Type"))
                .startsWith("text/html");
    }

    @Test
    void onlyOwnNamesAreAnsweredWhateverIsAskedFor() throws IOException {
        for (String target :
                List.of("/", "/nope", "/__/peerhost/config.json", "/__/peerhost/signaling", "/__/peerhost/offer")) {
            RawHttp.Answer foreign =
                    http.exchange("GET " + target + " HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n");
            assertThat(foreign.status()).as(target).isEqualTo(421);
            assertThat(foreign.text()).contains("evil.example:80", "peerhost.hosting.allowed-hosts");
        }
        assertThat(host("demo.example.org").status()).isEqualTo(200);
        String machine = InetAddress.getLocalHost().getHostName();
        assertThat(host(machine + ":" + port).status()).isEqualTo(200);
        assertThat(host("[::1]:" + port).status()).isEqualTo(200);
        assertThat(host("a.localhost").status()).isEqualTo(200);
        assertThat(host("").status()).isEqualTo(400);
        assertThat(host("local host").status()).isEqualTo(400);
        assertThat(http.exchange("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status())
                .isEqualTo(400);
        assertThat(http.exchange("GET / HTTP/1.0\r\n\r\n").status()).isEqualTo(400);
        assertThat(http.exchange("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                        .status())
                .isEqualTo(400);
    }

    private RawHttp.Answer host(String host) throws IOException {
        return http.exchange("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void ourOwnPagesStandBesideTheFolder() throws IOException {
        assertThat(http.get("/__/peerhost/").text()).contains("<title>Peerhost</title>");
        assertThat(http.get("/__/peerhost/lab/").status()).isEqualTo(200);
        assertThat(http.get("/lab/").status()).isEqualTo(404);
        assertThat(http.get("/__/peerhost/app.js").status()).isEqualTo(404);
    }
}
