package dev.peerhost.hosting;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Serves the site where an application has nothing of its own: no controller, no static file, no welcome page. What neither
 * has is answered as the application answers it.
 */
final class SiteFallback implements HandlerExceptionResolver, Ordered {

    private final SiteHandler site;

    SiteFallback(SiteHandler site) {
        this.site = site;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        boolean nothingThere =
                failure instanceof NoResourceFoundException || failure instanceof NoHandlerFoundException;
        if (!nothingThere || !site.has(request)) {
            return null;
        }
        try {
            site.handleRequest(request, response);
        } catch (IOException | ServletException broken) {
            throw new IllegalStateException("The site could not answer " + request.getRequestURI(), broken);
        }
        return new ModelAndView();
    }

    /** Before the application's own handlers of exceptions, which would answer that there is nothing. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
