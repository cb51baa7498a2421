package dev.peerhost.hosting;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A content coding (RFC 9110, section 8.4.1), the best first. */
enum Encoding {
    BR("br", ".br"),
    GZIP("gzip", ".gz");

    // As fast as gzip's default, and smaller.
    private static final com.aayushatharva.brotli4j.encoder.Encoder.Parameters BROTLI =
            new com.aayushatharva.brotli4j.encoder.Encoder.Parameters().setQuality(4);

    private final String token;
    private final String suffix;

    Encoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** Its name in headers. */
    String token() {
        return token;
    }

    /** What the name of a file ends in that is encoded already. */
    String suffix() {
        return suffix;
    }

    /** Whether it can be made here; Brotli is a native library, which not every platform has. */
    boolean isAvailable() {
        return this != BR || Brotli4jLoader.isAvailable();
    }

    /** Encodes what is written, up to the closing. */
    OutputStream wrap(OutputStream out) throws IOException {
        return this == BR ? new BrotliOutputStream(out, BROTLI) : new GZIPOutputStream(out);
    }

    /**
     * How much a client wants it (RFC 9110, section 12.5.3).
     *
     * @param accepted the header {@code Accept-Encoding}, or null
     * @return 0 to 1
     */
    double weight(@Nullable String accepted) {
        return weight(accepted, token, "*");
    }

    /** How much a client wants it as it is, 0 when it does not say. */
    static double weightOfNone(@Nullable String accepted) {
        return weight(accepted, "identity", "identity");
    }

    private static double weight(@Nullable String accepted, String token, String others) {
        double any = 0;
        for (String range : accepted == null ? new String[0] : accepted.split(",", -1)) {
            String[] parts = range.split(";", 2);
            String name = parts[0].strip();
            if (name.equalsIgnoreCase(token)) {
                return quality(parts);
            }
            if (name.equals(others)) {
                any = quality(parts);
            }
        }
        return any;
    }

    private static double quality(String[] parts) {
        String parameter = parts.length < 2 ? "" : parts[1].strip();
        if (!parameter.startsWith("q=")) {
            return 1;
        }
        try {
            return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException e) {
            // A weight that is none is no wish.
            return 0;
        }
    }
}
