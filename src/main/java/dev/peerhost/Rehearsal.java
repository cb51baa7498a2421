package dev.peerhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

/**
 * Has a server answer what the first visitors ask for, so that a JVM which is told to ({@code -XX:AOTCacheOutput},
 * {@code -XX:ArchiveClassesAtExit}) finds in this process what it needs to remember for faster starts.
 */
final class Rehearsal {

    private static final List<String> VISITS = List.of(
            "/",
            "/__/peerhost/",
            "/__/peerhost/config.json",
            "/__/peerhost/peerhost.js",
            "/__/peerhost/health",
            "/nothing");
    private static final String OFFERS = "/__/peerhost/offer";

    /** As often as it takes until what answers an offer is compiled: only of that does a JVM remember how it is used. */
    private static final int MOST_OFFERS = 500;

    /** Of a browser that nobody hears of again, with line ends as JSON has them. */
    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"%s\\r\\n\"}"
            .formatted(String.join(
                    "\\r\\n",
                    "v=0",
                    "o=- 1 2 IN IP4 127.0.0.1",
                    "s=-",
                    "t=0 0",
                    "a=group:BUNDLE 0",
                    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                    "c=IN IP4 0.0.0.0",
                    "a=ice-ufrag:rehearsal",
                    "a=ice-pwd:rehearsalrehearsalrehearsal",
                    "a=fingerprint:sha-256 " + "00:".repeat(31) + "00",
                    "a=setup:actpass",
                    "a=mid:0",
                    "a=sctp-port:5000",
                    "a=max-message-size:262144"));

    private static final int TIMEOUT_MS = 10_000;

    private Rehearsal() {}

    /** Visits the server once it has started. */
    static void run(WebServerApplicationContext started) {
        var server = started.getWebServer();
        if (server == null) {
            throw new IllegalStateException("There is no web server to rehearse with.");
        }
        URI root = URI.create("http://localhost:" + server.getPort());
        try {
            for (String path : VISITS) {
                visit(root.resolve(path));
            }
            offer(root.resolve(OFFERS));
        } catch (IOException e) {
            throw new UncheckedIOException("The rehearsal got no answer", e);
        }
    }

    private static void visit(URI address) throws IOException {
        HttpURLConnection connection = connection(address);
        connection.setRequestProperty("Accept-Encoding", "gzip");
        readAll(connection);
    }

    /** Offers and hangs up again and again, unless the server's own peer is off. */
    private static void offer(URI address) throws IOException {
        String made = "";
        for (int i = 0; i < MOST_OFFERS && made != null; i++) {
            HttpURLConnection post = connection(address);
            post.setRequestMethod("POST");
            post.setRequestProperty("Content-Type", "application/json");
            post.setDoOutput(true);
            post.getOutputStream().write(OFFER.getBytes(StandardCharsets.UTF_8));
            readAll(post);
            made = post.getHeaderField("Location");
            if (made != null) {
                HttpURLConnection delete = connection(address.resolve(made));
                delete.setRequestMethod("DELETE");
                readAll(delete);
            }
        }
    }

    private static HttpURLConnection connection(URI address) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        return connection;
    }

    private static void readAll(HttpURLConnection connection) throws IOException {
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            // A refusal may have none.
            if (body != null) {
                body.readAllBytes();
            }
        }
    }
}
