package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the executable does for people who develop: {@code --https}, {@code --log}, {@code --open}, {@code --watch}. */
class DevelopmentIT {

    private static final Path JAR = ScriptRun.ROOT.resolve("target/peerhost.jar");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void httpsSpeaksHttp2WithTheCertificateWhoseFingerprintIsPrintedOnEveryPort() throws Exception {
        Path site = Files.createDirectories(folder.resolve("site/public"));
        Files.writeString(site.resolve("index.html"), "my page");
        String large = "0123456789".repeat(30_000);
        Files.writeString(site.resolve("large.txt"), large);
        Files.writeString(folder.resolve("site/firebase.json"), """
                {"hosting": [{"site": "one", "public": "public"}, {"site": "two", "public": "public"}]}
                """);
        int port = freePort();
        try (ScriptRun run = start(
                Map.of(),
                "site",
                "--https",
                "--log",
                "--peerhost.https.dir=keys",
                "--peerhost.page.qr=on",
                "--port=" + port)) {
            run.awaitLine(line -> line.contains("Ctrl-C"), START);
            assertThat(run.output())
                    .anyMatch(line -> line.contains("https://localhost:" + port + "/"))
                    .anyMatch(line -> line.contains("kept in") && line.endsWith("/keys/https.p12"))
                    .anyMatch(line -> line.contains("█▀▀"))
                    .noneMatch(line -> line.contains("http://"));
            X509Certificate certificate = certificate();
            assertThat(run.output()).anyMatch(line -> line.endsWith("SHA-256 " + fingerprint(certificate)));

            for (int at : new int[] {port, port + 5}) {
                HttpResponse<String> answer = get(trusting(certificate), "https://localhost:" + at + "/?x=1");
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("my page");
            }
            assertThat(curl("--http2", "-w", " %{http_version}", "https://localhost:" + port + "/"))
                    .isEqualTo("my page 2");
            assertThat(curl("--http1.1", "-w", " %{http_version}", "https://localhost:" + port + "/"))
                    .isEqualTo("my page 1.1");

            // The kernel cannot send a file by itself where it has to be encrypted.
            for (String version : List.of("--http1.1", "--http2")) {
                assertThat(curl(version, "https://localhost:" + port + "/large.txt"))
                        .isEqualTo(large);
                assertThat(curl(version, "-r", "100000-200000", "https://localhost:" + port + "/large.txt"))
                        .isEqualTo(large.substring(100_000, 200_001));
            }

            run.awaitLine(line -> line.matches("..:..:.. GET /\\?x=1 200 [0-9]+ B [0-9]+ ms [0-9a-f.:]+"), END);
        }
    }

    @Test
    void openStartsTheBrowserAndRequestsAreNotListedUnlessAsked() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path opened = folder.resolve("opened");
        Path browser = Files.writeString(
                bin.resolve("xdg-open"),
                "#!/bin/sh\necho \"$1\" >" + opened + ".new && mv " + opened + ".new " + opened + "\n");
        assertThat(browser.toFile().setExecutable(true)).isTrue();
        int port = freePort();
        try (ScriptRun run = start(Map.of("PATH", bin + ":" + System.getenv("PATH")), "--open", "--port", "" + port)) {
            run.awaitLine(line -> line.contains("Requests are not listed; --log lists them."), START);
            run.awaitLine(line -> line.contains("Ctrl-C"), START);
            long end = System.nanoTime() + END.toNanos();
            while (!Files.exists(opened) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(opened).hasContent("http://localhost:" + port + "/");
            assertThat(new RawHttp(port).get("/").status()).isEqualTo(200);
            run.interrupt();
            run.awaitExit(END);
            assertThat(run.output()).noneMatch(line -> line.contains("GET /"));
        }
    }

    @Test
    void watchingNeedsAFolder() throws Exception {
        try (ScriptRun run = start(Map.of(), "--watch", "--port", "" + freePort())) {
            assertThat(run.awaitExit(START)).isEqualTo(1);
            assertThat(run.output()).singleElement().asString().startsWith("--watch is for a folder of yours");
        }
    }

    private ScriptRun start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return ScriptRun.start(folder.toRealPath(), environment, command.toArray(String[]::new));
    }

    private X509Certificate certificate() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("keys/https.p12"))) {
            keys.load(in, "peerhost".toCharArray());
        }
        return (X509Certificate) keys.getCertificate("peerhost");
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("peerhost", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> get(SSLContext tls, String url) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(END).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private String curl(String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of("curl", "-sk", "--max-time", "20"), Stream.of(arguments))
                .toList();
        try (ScriptRun run = ScriptRun.start(folder, Map.of(), command.toArray(String[]::new))) {
            assertThat(run.awaitExit(END)).isZero();
            return String.join("\n", run.output());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
