package dev.peerhost.hosting.pattern;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Percent-encoding as ECMAScript has it (ECMA-262, section 19.2.6). */
public final class Uris {

    private static final String MARKS = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,";
    private static final Pattern URL =
            Pattern.compile("(?:\\w+:)?//(?:localhost[:?\\d]*(?:[^:?\\d]\\S*)?|[^\\s.]+\\.\\S{2,})");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Uris() {}

    /** {@code encodeURI}. */
    public static String encode(String text) {
        return encode(text, RESERVED + "#");
    }

    static String encodeComponent(String text) {
        return encode(text, "");
    }

    /** {@code encodeURI}, and {@code ?} and {@code #} too. */
    static String encodePath(String text) {
        return encode(text, RESERVED.replace("?", ""));
    }

    /** A destination {@code /https:/host/…} is meant as {@code https://host/…}; older tools wrote a slash before each. */
    static String withoutSlashBeforeScheme(String destination) {
        String cleaned = destination.replaceFirst("/http:/", "http://").replaceFirst("/https:/", "https://");
        return URL.matcher(cleaned).matches() ? cleaned : destination;
    }

    private static String encode(String text, String kept) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0 || kept.indexOf(c) >= 0);
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /** {@code decodeURI}: what is reserved stays as it is written. Null when it is malformed. */
    public static @Nullable String decode(String text) {
        return decode(text, RESERVED + "#");
    }

    /** {@code decodeURIComponent}. Null when it is malformed. */
    public static @Nullable String decodeComponents(String text) {
        return decode(text, "");
    }

    private static @Nullable String decode(String text, String kept) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                decoded.put(source[i]);
                continue;
            }
            if (i + 2 >= source.length
                    || !HexFormat.isHexDigit(source[i + 1])
                    || !HexFormat.isHexDigit(source[i + 2])) {
                return null;
            }
            byte octet = (byte) (HexFormat.fromHexDigit(source[i + 1]) << 4 | HexFormat.fromHexDigit(source[i + 2]));
            if (octet >= 0 && kept.indexOf(octet) >= 0) {
                decoded.put(source, i, 3);
            } else {
                decoded.put(octet);
            }
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
