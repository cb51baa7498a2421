package dev.peerhost.hosting;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets nothing through that was not sent to this server by a name of its own. */
final class HostFilter implements Filter {

    private final HostRule rule;

    HostFilter(HostRule rule) {
        this.rule = rule;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        String host = host(http);
        switch (rule.judge(host)) {
            case ALLOWED -> chain.doFilter(request, response);
            case MALFORMED ->
                ErrorAnswer.send(
                        http,
                        (HttpServletResponse) response,
                        400,
                        "The request must have a Host header with a name or an address, and a port if need be.");
            case FOREIGN ->
                ErrorAnswer.send(
                        http,
                        (HttpServletResponse) response,
                        421,
                        "This server does not answer to the name in Host: %s; if it should, list it in %s."
                                .formatted(host, HostingProperties.ALLOWED_HOSTS));
        }
    }

    /** HTTP/2 names it in a field of its own (RFC 9113, section 8.3.1), which the container gives in parts alone. */
    private static @Nullable String host(HttpServletRequest request) {
        String host = request.getHeader("Host");
        return host == null && request.getProtocol().equals("HTTP/2.0")
                ? request.getServerName() + ":" + request.getServerPort()
                : host;
    }
}
