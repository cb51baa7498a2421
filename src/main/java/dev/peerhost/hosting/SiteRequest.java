package dev.peerhost.hosting;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a site has to know of a request.
 *
 * @param path as it stands in the request line, without the query
 * @param query as it stands there, without its question mark; null when there is none
 * @param header the value of a header by its name, or null
 */
record SiteRequest(String path, @Nullable String query, UnaryOperator<@Nullable String> header) {

    /** One without a query and without headers. */
    static SiteRequest of(String path) {
        return new SiteRequest(path, null, name -> null);
    }

    /** The query with its question mark, or nothing. */
    String search() {
        return query == null ? "" : "?" + query;
    }
}
