package dev.peerhost.signaling;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;

/**
 * Spring's way from HTTP to a WebSocket, which ends at a {@link SignalingUpgrade}. Compression is not agreed on: it takes
 * some 300 KiB of memory a socket (zlib), and time, for messages of a few KiB.
 */
final class SignalingUpgradeStrategy extends StandardWebSocketUpgradeStrategy {

    @Override
    public void upgrade(
            ServerHttpRequest request,
            ServerHttpResponse response,
            @Nullable String selectedProtocol,
            List<WebSocketExtension> selectedExtensions,
            @Nullable Principal user,
            WebSocketHandler handler,
            Map<String, Object> attributes) {
        HttpServletRequest upgraded = new Upgraded(getHttpServletRequest(request), new PlainReading(attributes));
        super.upgrade(
                new ServletServerHttpRequest(upgraded),
                response,
                selectedProtocol,
                List.of(),
                user,
                handler,
                attributes);
    }

    /** What Tomcat asks for its WebSocket. */
    private static final class Upgraded extends HttpServletRequestWrapper {

        private final PlainReading reading;

        Upgraded(HttpServletRequest request, PlainReading reading) {
            super(request);
            this.reading = reading;
        }

        /** Tomcat takes what it has and the client asks for, whatever the application chose. */
        @Override
        public Enumeration<String> getHeaders(String name) {
            return name.equalsIgnoreCase("Sec-WebSocket-Extensions")
                    ? Collections.emptyEnumeration()
                    : super.getHeaders(name);
        }

        @Override
        public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
            if (!handler.equals(WsHttpUpgradeHandler.class)) {
                return super.upgrade(handler);
            }
            SignalingUpgrade ours = super.upgrade(SignalingUpgrade.class);
            ours.reading(reading);
            return handler.cast(ours);
        }
    }
}
