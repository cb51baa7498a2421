package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;

/** Conditional requests (RFC 9110, section 13). */
final class Conditions {

    private Conditions() {}

    /** Whether the client has this content already. */
    static boolean isKnown(HttpServletRequest request, Content content) {
        String tags = request.getHeader("If-None-Match");
        if (tags != null) {
            return tags.contains(content.etag()) || tags.equals("*");
        }
        return content.lastModified() >= 0 && since(request, "If-Modified-Since") >= content.lastModified() / 1000;
    }

    /** Whether the client wants only an older content than this one (sections 13.1.1 and 13.1.4). */
    static boolean isOutdated(HttpServletRequest request, Content content) {
        String tags = request.getHeader("If-Match");
        if (tags != null) {
            return !tags.equals("*")
                    && Arrays.stream(tags.split(",")).map(String::strip).noneMatch(content.etag()::equals);
        }
        long since = since(request, "If-Unmodified-Since");
        return since >= 0 && content.lastModified() / 1000 > since;
    }

    /** Whether a part will do, since the client's other parts are of the same content. */
    static boolean mayBePart(HttpServletRequest request, Content content) {
        String condition = request.getHeader("If-Range");
        return condition == null
                || condition.equals(content.etag())
                || (!condition.contains("\"")
                        && content.lastModified() >= 0
                        && since(request, "If-Range") == content.lastModified() / 1000);
    }

    /** The date in a header, in seconds, since HTTP's dates have no more; -1 when there is none, or no date. */
    private static long since(HttpServletRequest request, String header) {
        try {
            return Math.floorDiv(request.getDateHeader(header), 1000L);
        } catch (IllegalArgumentException e) {
            // RFC 9110, sections 13.1.3 and 13.1.5: a date that is none is ignored.
            return -1;
        }
    }
}
