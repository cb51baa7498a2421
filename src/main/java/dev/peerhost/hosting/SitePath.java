package dev.peerhost.hosting;

import dev.peerhost.hosting.pattern.Uris;
import dev.peerhost.hosting.rules.Slashes;
import org.jspecify.annotations.Nullable;

/**
 * Reads the path of a request line: decoded once (RFC 3986, section 2.1), slashes in a row made one, and refused whenever
 * it could mean a place other than the one it spells.
 */
final class SitePath {

    private static final String MARKS = "-_~!$&()*+,=:@";
    /** What is encoded in a URL although a client may send it as it is. */
    private static final String ENCODED = "'`^{|}";
    /** How often an escape may be escaped again before nobody could mean it. */
    private static final int DEEPEST = 4;

    private SitePath() {}

    /**
     * The path of a file inside a site, starting with a slash. Escapes of reserved characters stay as they are, as
     * {@code decodeURI} leaves them: an encoded slash parts no folders.
     *
     * @param raw as it stands in the request line, without the query
     * @return null for a path that is no well-formed UTF-8, or has a backslash, a control character, or a segment
     *     {@code .} or {@code ..}, however often that is encoded and whatever follows it after a semicolon
     */
    static @Nullable String parse(String raw) {
        if (isPlain(raw)) {
            return raw;
        }
        return raw.chars().allMatch(c -> c <= '~') ? file(raw) : null;
    }

    /** The same for a path out of a configuration, which need not be encoded. */
    static @Nullable String file(String raw) {
        if (!raw.startsWith("/")) {
            return null;
        }
        String decoded = Uris.decode(raw);
        return decoded == null || stepsAside(raw) ? null : Slashes.single(decoded);
    }

    /** The path as it is written in a URL: slashes in a row made one, and everything encoded that should be. */
    static String canonical(String raw) {
        String single = Slashes.single(raw);
        if (isPlain(single)) {
            return single;
        }
        StringBuilder encoded = new StringBuilder(single.length());
        for (int i = 0; i < single.length(); i++) {
            char c = single.charAt(i);
            encoded.append(ENCODED.indexOf(c) < 0 ? Character.toString(c) : "%%%02X".formatted((int) c));
        }
        return encoded.toString();
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

    /** Whether the path, decoded however often, has a backslash, a control character or a segment of dots. */
    private static boolean stepsAside(String raw) {
        String path = raw;
        for (int depth = 0; depth < DEEPEST; depth++) {
            if (path.chars().anyMatch(c -> c < ' ' || c == '\\' || c == 0x7F) || hasDots(path)) {
                return true;
            }
            String next = Uris.decodeComponents(path);
            if (next == null || next.equals(path)) {
                return depth == 0 && next == null;
            }
            path = next;
        }
        return true;
    }

    /** Whether some segment is {@code .} or {@code ..}; what a semicolon starts (RFC 3986, section 3.3) hides none. */
    private static boolean hasDots(String path) {
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
