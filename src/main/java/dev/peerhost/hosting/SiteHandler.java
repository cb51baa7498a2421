package dev.peerhost.hosting;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.springframework.web.HttpRequestHandler;

/** Answers requests with what a {@link Site} decides. */
public final class SiteHandler implements HttpRequestHandler {

    private final Site site;
    private final String mount;

    /**
     * A handler.
     *
     * @param mount the path that stands before the site's own in each request, without a slash at its end; empty when the
     *     site starts at {@code /}
     */
    public SiteHandler(Site site, String mount) {
        this.site = site;
        this.mount = mount;
    }

    /** Whether the site has anything to show for a request. */
    boolean has(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && switch (site.decide(request.getRequestURI().substring(mount.length()))) {
                    case Decision.Serve serve -> serve.status() == 200;
                    case Decision.Redirect redirect -> true;
                    case Decision.Rewrite rewrite -> true;
                    case Decision.Refuse refuse -> false;
                };
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        site.headers().forEach(response::setHeader);
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            ErrorAnswer.send(request, response, 405, "A site's files can be read by GET or HEAD, and nothing else.");
            return;
        }
        Decision decision = site.decide(request.getRequestURI().substring(mount.length()));
        switch (decision) {
            case Decision.Serve serve
            when isForPrograms(request, serve) -> ErrorAnswer.send(request, response, serve.status());
            case Decision.Serve serve -> serve(request, response, serve);
            case Decision.Redirect redirect -> redirect(request, response, redirect);
            case Decision.Rewrite rewrite ->
                request.getRequestDispatcher(rewrite.destination()).forward(request, response);
            case Decision.Refuse refuse -> ErrorAnswer.send(request, response, refuse.status(), refuse.sentence());
        }
    }

    /** Below a mount stand interfaces for programs too, and a page would tell those nothing. */
    private boolean isForPrograms(HttpServletRequest request, Decision.Serve serve) {
        return serve.status() == 404 && !mount.isEmpty() && ErrorAnswer.prefersJson(request);
    }

    private static void serve(HttpServletRequest request, HttpServletResponse response, Decision.Serve serve)
            throws IOException {
        try {
            FileAnswer.send(request, response, serve.content(), serve.status());
        } catch (AccessDeniedException e) {
            response.reset();
            ErrorAnswer.send(request, response, 403, "The server may not read this file; change its permissions.");
        } catch (NoSuchFileException e) {
            response.reset();
            ErrorAnswer.send(request, response, 404, "This file was just taken away; try again.");
        }
    }

    private void redirect(HttpServletRequest request, HttpServletResponse response, Decision.Redirect redirect) {
        String query = request.getQueryString();
        response.setStatus(redirect.status());
        response.setHeader("Location", mount + redirect.path() + (query == null ? "" : "?" + query));
        response.setContentLength(0);
    }
}
