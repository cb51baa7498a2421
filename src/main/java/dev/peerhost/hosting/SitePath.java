package dev.peerhost.hosting;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads the path of a request line: decoded once (RFC 3986, section 2.1), slashes in a row made one, and refused whenever
 * it could mean a place other than the one it spells.
 */
final class SitePath {

    private static final String MARKS = "-_~!$&'()*+,=:@";

    private SitePath() {}

    /**
     * The path of a file inside a site, starting with a slash.
     *
     * @param raw as it stands in the request line, without the query
     * @return null for a path that is no well-formed UTF-8, or has a backslash, a control character, an encoded slash, or
     *     a segment {@code .} or {@code ..}, whatever follows it after a semicolon
     */
    static @Nullable String parse(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        String decoded = decode(raw);
        return decoded == null || stepsAside(decoded) ? null : decoded;
    }

    /** Whether the path is what it spells: no escape, no dot at the start of a segment, no two slashes in a row. */
    private static boolean isPlain(String raw) {
        char previous = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            boolean inside = isLetterOrDigit(c) || MARKS.indexOf(c) >= 0 || c == '.';
            boolean ok = previous == '/' ? inside && c != '.' : i == 0 ? c == '/' : inside || c == '/';
            if (!ok) {
                return false;
            }
            previous = c;
        }
        return previous != 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static @Nullable String decode(String raw) {
        if (raw.isEmpty() || raw.charAt(0) != '/') {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(raw.length());
        int previous = 0;
        for (int i = 0; i < raw.length(); i++) {
            int c = raw.charAt(i);
            if (c == '%') {
                c = octet(raw, i);
                i += 2;
                if (c == '/') {
                    return null;
                }
            } else if (c > '~') {
                return null;
            }
            if (c < ' ' || c == '\\' || c == 0x7F) {
                return null;
            }
            if (c != '/' || previous != '/') {
                bytes.put((byte) c);
            }
            previous = c;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The octet that is written as {@code %XX} at an index, or -1 when it is not one. */
    private static int octet(String raw, int at) {
        if (at + 2 >= raw.length()
                || !HexFormat.isHexDigit(raw.charAt(at + 1))
                || !HexFormat.isHexDigit(raw.charAt(at + 2))) {
            return -1;
        }
        return HexFormat.fromHexDigits(raw, at + 1, at + 3);
    }

    /** Whether some segment is {@code .} or {@code ..}; what a semicolon starts (RFC 3986, section 3.3) hides none. */
    private static boolean stepsAside(String path) {
        for (int start = 1; start <= path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int dots = start;
            while (dots < end && path.charAt(dots) == '.') {
                dots++;
            }
            boolean onlyDots = dots == end || path.charAt(dots) == ';';
            if (onlyDots && (dots - start == 1 || dots - start == 2)) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }
}
