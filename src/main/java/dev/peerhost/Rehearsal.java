package dev.peerhost;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private static final String SIGNALING = "/__/peerhost/signaling";

    /** As often as it takes until what answers an offer is compiled: only of that does a JVM remember how it is used. */
    private static final int MOST_OFFERS = 500;

    /** The same of what joins and relays: some seconds, once for each build. */
    private static final int MEETINGS = 300;

    private static final int CANDIDATES = 3;

    /** Of a browser that nobody hears of again, with line ends as JSON has them. */
    private static final String SDP = String.join(
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
            "a=max-message-size:262144",
            "");

    private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"%s\"}".formatted(SDP);
    private static final int TIMEOUT_MS = 10_000;

    private Rehearsal() {}

    /**
     * Visits the server once it has started.
     *
     * @throws IOException if it does not answer as it should
     */
    static void run(WebServerApplicationContext started) throws IOException {
        var server = started.getWebServer();
        if (server == null) {
            throw new IllegalStateException("There is no web server to rehearse with.");
        }
        URI root = URI.create("http://localhost:" + server.getPort());
        for (String path : VISITS) {
            visit(root.resolve(path));
        }
        offer(root.resolve(OFFERS));
        meet(URI.create("ws://localhost:" + server.getPort() + SIGNALING));
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

    /** Has two browsers meet in a room again and again: one is there, the other comes and offers. */
    private static void meet(URI signaling) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < MEETINGS; i++) {
                String room = "rehearsal-" + i;
                try (var present = new RehearsedVisitor(http, signaling, room)) {
                    present.await("roster");
                    try (var newcomer = new RehearsedVisitor(http, signaling, room)) {
                        String toPresent = newcomer.await("roster");
                        String toNewcomer = present.await("joined");
                        signal(newcomer, "offer", toPresent);
                        present.await("offer");
                        signal(present, "answer", toNewcomer);
                        newcomer.await("answer");
                    }
                    present.await("left");
                }
            }
        }
    }

    private static void signal(RehearsedVisitor visitor, String type, @Nullable String to) throws IOException {
        visitor.tell(type, "{\"to\":\"%s\",\"sdp\":\"%s\"}".formatted(to, SDP));
        for (int i = 0; i < CANDIDATES; i++) {
            visitor.tell(
                    "candidate",
                    "{\"to\":\"%s\",\"candidate\":{\"candidate\":\"candidate:1 1 udp 2113937151 192.0.2.1 54321 typ host\",\"sdpMid\":\"0\"}}"
                            .formatted(to));
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
