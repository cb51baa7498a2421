package dev.peerhost.signaling;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Lets only our own pages open the WebSocket, since browsers do not apply the same-origin policy to it (RFC 6455 section
 * 10.2). A request without an Origin does not come from a browser's page and passes.
 */
final class OriginCheck implements HandshakeInterceptor {

    private final List<String> allowed;

    /** Allows our own origin and {@code allowed}, written as browsers send them: scheme, host, port if not the default. */
    OriginCheck(List<String> allowed) {
        this.allowed =
                allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).toList();
    }

    @Override
    public boolean beforeHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            Map<String, Object> attributes)
            throws IOException {
        String origin = request.getHeaders().getOrigin();
        if (origin == null || isOurs(origin, request.getURI()) || allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            return true;
        }
        response.setStatusCode(HttpStatus.FORBIDDEN);
        response.getHeaders().setContentType(new MediaType("text", "plain", StandardCharsets.UTF_8));
        String sentence = ("Pages of the origin \"%s\" may not open this WebSocket;"
                        + " add it to peerhost.signaling.allowed-origins to let them.%n")
                .formatted(origin);
        response.getBody().write(sentence.getBytes(StandardCharsets.UTF_8));
        return false;
    }

    @Override
    public void afterHandshake(
            ServerHttpRequest request,
            ServerHttpResponse response,
            WebSocketHandler handler,
            @Nullable Exception exception) {}

    /** Whether an origin (RFC 6454) has the scheme, host and port that this request came to. */
    static boolean isOurs(String origin, URI request) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        return uri.getHost() != null
                && uri.getHost().equalsIgnoreCase(request.getHost())
                && httpScheme(uri).equals(httpScheme(request))
                && port(uri) == port(request);
    }

    private static String httpScheme(URI uri) {
        return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> "http";
            case "https", "wss" -> "https";
            default -> "other";
        };
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return httpScheme(uri).equals("https") ? 443 : 80;
    }
}
