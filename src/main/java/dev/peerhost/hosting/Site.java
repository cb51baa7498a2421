package dev.peerhost.hosting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files and the rules by which they are served; the built-in site and a user's folder are each one of these.
 *
 * <p>In this order, and the first that applies decides: the path must be well formed; {@code /__/…} is reserved; a file; a
 * folder with an {@code index.html} (its path gets a slash); a rewrite; the site's own {@code 404.html}.
 */
public final class Site {

    private static final Decision MALFORMED =
            new Decision.Refuse(400, "This path is not well formed, or leads out of the site; check its spelling.");
    private static final Decision MISSING =
            new Decision.Refuse(404, "There is nothing at this address; check its spelling.");
    private static final Decision RESERVED =
            new Decision.Refuse(404, "Addresses that start with /__/ are reserved, and there is nothing at this one.");
    private static final String NOT_FOUND_PAGE = "/404.html";

    private final List<Folder> folders;
    private final Map<String, String> rewrites;
    private final Map<String, String> headers;

    /**
     * A site.
     *
     * @param folders where its files are; the first that has one gives it
     * @param rewrites from a path without a file to the path of this server that answers in its stead
     * @param headers sent with all its answers
     */
    public Site(List<Folder> folders, Map<String, String> rewrites, Map<String, String> headers) {
        this.folders = List.copyOf(folders);
        this.rewrites = Map.copyOf(rewrites);
        this.headers = Map.copyOf(headers);
    }

    /** The headers that all answers of this site carry. */
    Map<String, String> headers() {
        return headers;
    }

    /**
     * What the answer to GET or HEAD is.
     *
     * @param raw the path as it stands in the request line, without the query
     */
    Decision decide(String raw) {
        String path = SitePath.parse(raw);
        if (path == null) {
            return MALFORMED;
        }
        if (path.startsWith("/__/")) {
            return RESERVED;
        }
        boolean isFolder = path.endsWith("/");
        Content content = find(isFolder ? path + "index.html" : path);
        if (content != null) {
            return new Decision.Serve(content, path.equals(NOT_FOUND_PAGE) ? 404 : 200);
        }
        if (!isFolder && find(path + "/index.html") != null) {
            return new Decision.Redirect(301, withoutLeadingSlashes(raw) + "/");
        }
        String destination = rewrites.get(path);
        return destination != null ? new Decision.Rewrite(destination) : missing();
    }

    private @Nullable Content find(String path) {
        if (Ignored.test(path)) {
            return null;
        }
        for (Folder folder : folders) {
            Content content = folder.find(path);
            if (content != null) {
                return content;
            }
        }
        return null;
    }

    private Decision missing() {
        Content page = find(NOT_FOUND_PAGE);
        return page != null ? new Decision.Serve(page, 404) : MISSING;
    }

    /** One slash stays: a {@code Location} that starts with two names another server (RFC 3986, section 4.2). */
    private static String withoutLeadingSlashes(String raw) {
        int start = 0;
        while (raw.startsWith("//", start)) {
            start++;
        }
        return raw.substring(start);
    }
}
