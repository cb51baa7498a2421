package dev.peerhost.hosting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encoded forms of files, those of small ones kept for the next request. */
final class Compression {

    /** What is smaller gains nothing. */
    private static final int SMALLEST = 1024;
    /** What is larger is encoded while it is sent. */
    private static final int LARGEST_KEPT = 1024 * 1024;
    /** All that is kept; the longest unused goes first. */
    private static final int MOST_KEPT = 32 * 1024 * 1024;

    private record Key(String etag, String type, Encoding encoding) {}

    private static final Map<Key, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private static long size;

    private Compression() {}

    /** Whether answers with this content depend on what encodings a client takes. */
    static boolean varies(Content content) {
        return MediaTypes.isCompressible(content.type())
                || content.encoded(Encoding.BR) != null
                || content.encoded(Encoding.GZIP) != null;
    }

    /**
     * The form of a file that a client likes best.
     *
     * @param accepted the header {@code Accept-Encoding}, or null
     */
    static Content choose(Content content, @Nullable String accepted) throws IOException {
        Encoding best = best(accepted);
        if (best == null) {
            return content;
        }
        Content file = content.encoded(best);
        if (file != null) {
            return file;
        }
        if (!best.isAvailable()) {
            return best == Encoding.BR && Encoding.GZIP.weight(accepted) > 0 ? encode(content, Encoding.GZIP) : content;
        }
        return encode(content, best);
    }

    private static @Nullable Encoding best(@Nullable String accepted) {
        Encoding best = null;
        double weight = 0;
        double none = Encoding.weightOfNone(accepted);
        for (Encoding encoding : Encoding.values()) {
            double own = encoding.weight(accepted);
            if (own > weight && own >= none) {
                best = encoding;
                weight = own;
            }
        }
        return best;
    }

    private static Content encode(Content content, Encoding encoding) throws IOException {
        if (content.length() < SMALLEST || !MediaTypes.isCompressible(content.type())) {
            return content;
        }
        if (content.length() > LARGEST_KEPT) {
            return new Content.Encoded(content, encoding, null);
        }
        Key key = new Key(content.etag(), content.type(), encoding);
        byte[] bytes = find(key);
        if (bytes == null) {
            bytes = encoded(content, encoding);
            keep(key, bytes);
        }
        return new Content.Encoded(content, encoding, bytes);
    }

    private static byte[] encoded(Content content, Encoding encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = content.open(0);
                OutputStream out = encoding.wrap(bytes)) {
            in.transferTo(out);
        }
        return bytes.toByteArray();
    }

    private static byte @Nullable [] find(Key key) {
        synchronized (kept) {
            return kept.get(key);
        }
    }

    private static void keep(Key key, byte[] bytes) {
        synchronized (kept) {
            byte[] before = kept.put(key, bytes);
            size += bytes.length - (before == null ? 0 : before.length);
            for (Iterator<byte[]> oldest = kept.values().iterator(); size > MOST_KEPT; ) {
                size -= oldest.next().length;
                oldest.remove();
            }
        }
    }
}
