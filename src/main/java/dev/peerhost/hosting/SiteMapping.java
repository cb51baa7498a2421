package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Parts the executable's port in two: {@code /__/peerhost/…} is for our own handlers, all else for the site. It is asked
 * first, so that no library's handler for {@code /error}, {@code /webjars} or the like can shadow a file.
 */
final class SiteMapping implements HandlerMapping, Ordered {

    /** What everything of ours starts with. */
    static final String OURS = "/__/peerhost";

    private final HandlerExecutionChain site;

    SiteMapping(SiteHandler handler) {
        this.site = new HandlerExecutionChain(handler);
    }

    @Override
    public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
        return isOurs(request.getRequestURI()) ? null : site;
    }

    private static boolean isOurs(String path) {
        return path.startsWith(OURS) && (path.length() == OURS.length() || path.charAt(OURS.length()) == '/');
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
