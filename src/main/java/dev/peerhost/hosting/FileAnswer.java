package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Answers with a file, or with as much of it as the client still wants (RFC 9110, sections 13 and 14). */
final class FileAnswer {

    private static final int CHUNK = 64 * 1024;

    private FileAnswer() {}

    static void send(HttpServletRequest request, HttpServletResponse response, Content content, int status)
            throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        if (status == 200) {
            response.setHeader("ETag", content.etag());
            response.setHeader("Accept-Ranges", "bytes");
            if (content.lastModified() >= 0) {
                response.setDateHeader("Last-Modified", content.lastModified());
            }
            if (isKnown(request, content)) {
                response.setStatus(304);
                return;
            }
        }
        boolean isHead = request.getMethod().equals("HEAD");
        ByteRange range = status == 200 && !isHead ? range(request, content) : null;
        if (range == null) {
            sendPart(response, content, status, new ByteRange(0, content.length()), isHead);
        } else if (range.isSatisfiable()) {
            response.setHeader(
                    "Content-Range",
                    "bytes %d-%d/%d".formatted(range.first(), range.first() + range.length() - 1, content.length()));
            sendPart(response, content, 206, range, false);
        } else {
            response.setHeader("Content-Range", "bytes */" + content.length());
            response.setStatus(416);
            response.setContentLength(0);
        }
    }

    private static boolean isKnown(HttpServletRequest request, Content content) {
        String tags = request.getHeader("If-None-Match");
        if (tags != null) {
            return tags.contains(content.etag()) || tags.equals("*");
        }
        return content.lastModified() >= 0 && since(request, "If-Modified-Since") >= content.lastModified() / 1000;
    }

    private static @Nullable ByteRange range(HttpServletRequest request, Content content) {
        String range = request.getHeader("Range");
        if (range == null) {
            return null;
        }
        String condition = request.getHeader("If-Range");
        boolean applies = condition == null
                || condition.equals(content.etag())
                || (!condition.contains("\"")
                        && content.lastModified() >= 0
                        && since(request, "If-Range") == content.lastModified() / 1000);
        return applies ? ByteRange.parse(range, content.length()) : null;
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

    private static void sendPart(
            HttpServletResponse response, Content content, int status, ByteRange part, boolean isHead)
            throws IOException {
        if (isHead) {
            describe(response, content, status, part);
            return;
        }
        // Opened before anything is said about it: it may be gone, or not ours to read.
        try (InputStream stream = content.open(part.first())) {
            describe(response, content, status, part);
            copy(stream, response.getOutputStream(), part.length());
        }
    }

    private static void describe(HttpServletResponse response, Content content, int status, ByteRange part) {
        response.setStatus(status);
        response.setContentType(content.type());
        response.setContentLengthLong(part.length());
    }

    private static void copy(InputStream from, OutputStream to, long length) throws IOException {
        byte[] chunk = new byte[(int) Math.min(CHUNK, length)];
        for (long left = length; left > 0; ) {
            int count = from.read(chunk, 0, (int) Math.min(chunk.length, left));
            if (count < 0) {
                // The length is promised already: only a cut connection tells the client that this is not all.
                throw new EOFException("A file became shorter while it was sent; its length was " + length + ".");
            }
            to.write(chunk, 0, count);
            left -= count;
        }
    }
}
