package dev.peerhost.page;

import java.util.Map;

/** Headers of our own pages: they need nothing but this server, and nobody else may put them in a frame. */
final class PageHeaders {

    static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none';"
                    + " img-src 'self' data:",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer");

    private PageHeaders() {}
}
