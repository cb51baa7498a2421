package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.HeaderRule;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.web.HttpRequestHandler;

/** Answers requests with what a {@link Site} decides. */
public final class SiteHandler implements HttpRequestHandler {

    /** Finds the site that a request is for. */
    @FunctionalInterface
    interface SiteOf {
        Site find(HttpServletRequest request);
    }

    private static final String REDIRECTING = "Redirecting to ";

    private final SiteOf site;
    private final String mount;
    private final boolean names;
    private final UnaryOperator<Content> dress;

    /**
     * A handler.
     *
     * @param mount the path that stands before the site's own in each request, without a slash at its end; empty when the
     *     site starts at {@code /}
     */
    public SiteHandler(Site site, String mount) {
        this(request -> site, mount, false, UnaryOperator.identity());
    }

    /**
     * A handler for several sites.
     *
     * @param names whether answers name the rule that decided
     * @param dress what becomes of a file before it is sent
     */
    SiteHandler(SiteOf site, String mount, boolean names, UnaryOperator<Content> dress) {
        this.site = site;
        this.mount = mount;
        this.names = names;
        this.dress = dress;
    }

    /** Whether the site has anything to show for a request. */
    boolean has(HttpServletRequest request) {
        return isRead(request)
                && switch (decide(site.find(request), request).decision()) {
                    case Decision.Serve serve -> serve.status() == 200;
                    case Decision.Redirect redirect -> true;
                    case Decision.Forward forward -> true;
                    case Decision.Proxy proxy -> true;
                    case Decision.Refuse refuse -> false;
                };
    }

    /** Why the site that a request is for answers a path as it does, in the requester's language. */
    Explanation explain(HttpServletRequest request, String path, @Nullable String query) {
        return Explanation.of(site.find(request), new SiteRequest(path, query, request::getHeader));
    }

    private Verdict decide(Site asked, HttpServletRequest request) {
        String path = request.getRequestURI().substring(mount.length());
        return asked.decide(new SiteRequest(path, request.getQueryString(), request::getHeader), Trace.NONE);
    }

    private static boolean isRead(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Site asked = site.find(request);
        asked.headers().forEach(response::setHeader);
        Verdict verdict = decide(asked, request);
        if (names) {
            response.setHeader("X-Peerhost-Rule", verdict.by());
        }
        if (asked.isLocalised()) {
            response.addHeader("Vary", "Accept-Language");
        }
        if (!isRead(request) && !(verdict.decision() instanceof Decision.Proxy)) {
            response.setHeader("Allow", "GET, HEAD");
            ErrorAnswer.send(request, response, 405, "A site's files can be read by GET or HEAD, and nothing else.");
            return;
        }
        List<HeaderRule.Field> fields = verdict.headers();
        switch (verdict.decision()) {
            case Decision.Serve serve
            when isForPrograms(request, serve) -> ErrorAnswer.send(request, response, serve.status());
            case Decision.Serve serve -> serve(request, response, serve, fields);
            case Decision.Redirect redirect -> redirect(request, response, redirect, fields);
            case Decision.Forward forward ->
                request.getRequestDispatcher(forward.path()).forward(request, response);
            case Decision.Proxy proxy -> ServiceAnswer.send(request, response, proxy.service(), fields);
            case Decision.Refuse refuse -> {
                ErrorAnswer.send(request, response, refuse.status(), refuse.sentence());
                Fields.set(response, fields);
            }
        }
    }

    /** Below a mount stand interfaces for programs too, and a page would tell those nothing. */
    private boolean isForPrograms(HttpServletRequest request, Decision.Serve serve) {
        return serve.status() == 404 && !mount.isEmpty() && ErrorAnswer.prefersJson(request);
    }

    private void serve(
            HttpServletRequest request,
            HttpServletResponse response,
            Decision.Serve serve,
            List<HeaderRule.Field> fields)
            throws IOException {
        try {
            FileAnswer.send(request, response, dress.apply(serve.content()), serve.status(), fields);
        } catch (AccessDeniedException e) {
            response.reset();
            ErrorAnswer.send(request, response, 403, "The server may not read this file; change its permissions.");
        } catch (NoSuchFileException e) {
            response.reset();
            ErrorAnswer.send(request, response, 404, "This file was just taken away; try again.");
        }
    }

    private void redirect(
            HttpServletRequest request,
            HttpServletResponse response,
            Decision.Redirect redirect,
            List<HeaderRule.Field> fields)
            throws IOException {
        String location = mount + redirect.location();
        byte[] body = (REDIRECTING + location).getBytes(StandardCharsets.UTF_8);
        response.setStatus(redirect.status());
        response.setHeader("Location", location);
        response.setContentType("text/html;charset=utf-8");
        response.setContentLength(body.length);
        Fields.set(response, fields);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
    }
}
