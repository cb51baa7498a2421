package dev.peerhost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
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
    private static final int TIMEOUT_MS = 10_000;

    private Rehearsal() {}

    /** Visits the server once it has started. */
    static void run(WebServerApplicationContext started) {
        var server = started.getWebServer();
        if (server == null) {
            throw new IllegalStateException("There is no web server to rehearse with.");
        }
        for (String path : VISITS) {
            try {
                visit(URI.create("http://localhost:%d%s".formatted(server.getPort(), path)));
            } catch (IOException e) {
                throw new UncheckedIOException("The rehearsal got no answer for " + path, e);
            }
        }
    }

    private static void visit(URI address) throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setRequestProperty("Accept-Encoding", "gzip");
        try (InputStream body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            body.readAllBytes();
        }
    }
}
