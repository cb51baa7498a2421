package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.HeaderRule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers with a file, or with as much of it as the client still wants (RFC 9110, sections 8, 13 and 14). */
final class FileAnswer {

    private static final int CHUNK = 64 * 1024;
    /** From here on the kernel is faster than a copy, where the container can let it. */
    private static final int SENDFILE = 48 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final List<HeaderRule.Field> fields;
    private final boolean isHead;

    private FileAnswer(HttpServletRequest request, HttpServletResponse response, List<HeaderRule.Field> fields) {
        this.request = request;
        this.response = response;
        this.fields = fields;
        this.isHead = request.getMethod().equals("HEAD");
    }

    /**
     * Sends it.
     *
     * @param status 200, or 404 for a page about what is missing
     * @param fields which replace ours of the same name
     */
    static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            Content content,
            int status,
            List<HeaderRule.Field> fields)
            throws IOException {
        new FileAnswer(request, response, fields).send(content, status);
    }

    private void send(Content file, int status) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        if (file.lastModified() >= 0) {
            response.setDateHeader("Last-Modified", file.lastModified());
        }
        if (Compression.varies(file)) {
            response.addHeader("Vary", "Accept-Encoding");
        }
        String wanted = status == 200 && !isHead ? request.getHeader("Range") : null;
        Content content = wanted == null ? Compression.choose(file, request.getHeader("Accept-Encoding")) : file;
        if (status == 200) {
            response.setHeader("ETag", content.etag());
            response.setHeader("Accept-Ranges", "bytes");
            if (Conditions.isOutdated(request, content)) {
                sendNothing(412);
                return;
            }
            if (Conditions.isKnown(request, content)) {
                response.setStatus(304);
                Fields.set(response, fields);
                return;
            }
        }
        ByteRange range = wanted == null || !Conditions.mayBePart(request, content)
                ? null
                : ByteRange.parse(wanted, content.length());
        if (range == null) {
            sendPart(content, status, new ByteRange(0, content.length()));
        } else if (range.isSatisfiable()) {
            response.setHeader(
                    "Content-Range",
                    "bytes %d-%d/%d".formatted(range.first(), range.first() + range.length() - 1, content.length()));
            sendPart(content, 206, range);
        } else {
            response.setHeader("Content-Range", "bytes */" + content.length());
            sendNothing(416);
        }
    }

    private void sendNothing(int status) {
        response.setStatus(status);
        response.setContentLength(0);
        Fields.set(response, fields);
    }

    private void sendPart(Content content, int status, ByteRange part) throws IOException {
        if (isHead || canSendfile(content, part)) {
            describe(content, status, part);
            if (!isHead && content instanceof Content.OnDisk onDisk) {
                request.setAttribute(
                        "org.apache.tomcat.sendfile.filename", onDisk.file().toString());
                request.setAttribute("org.apache.tomcat.sendfile.start", part.first());
                request.setAttribute("org.apache.tomcat.sendfile.end", part.first() + part.length());
            }
            return;
        }
        // Opened before anything is said about it: it may be gone, or not ours to read.
        try (InputStream stream = content.open(part.first())) {
            describe(content, status, part);
            Encoding encoding = content.encoding();
            if (part.length() < 0 && encoding != null) {
                try (OutputStream encoded = encoding.wrap(response.getOutputStream())) {
                    stream.transferTo(encoded);
                }
            } else {
                copy(stream, response.getOutputStream(), part.length());
            }
        }
    }

    private boolean canSendfile(Content content, ByteRange part) {
        return part.length() >= SENDFILE
                && Boolean.TRUE.equals(request.getAttribute("org.apache.tomcat.sendfile.support"))
                && content instanceof Content.OnDisk onDisk
                && Files.isReadable(onDisk.file());
    }

    private void describe(Content content, int status, ByteRange part) {
        response.setStatus(status);
        response.setContentType(content.type());
        @Nullable Encoding encoding = content.encoding();
        if (encoding != null) {
            response.setHeader("Content-Encoding", encoding.token());
        }
        if (part.length() >= 0) {
            response.setContentLengthLong(part.length());
        }
        Fields.set(response, fields);
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
