package dev.peerhost.hosting;

/**
 * Files that are in a site's folder and not of the site: Firebase's default {@code ignore} ({@code firebase.json}, the
 * emulators' log, names with a leading dot, {@code node_modules}), except {@code /.well-known/} (RFC 8615), and names
 * that Windows takes for those of other files.
 */
final class Ignored {

    private Ignored() {}

    /** Whether a decoded path names such a file; letter case does not matter, as it does not on every disk. */
    static boolean test(String path) {
        for (int start = 1; start < path.length(); ) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            if (isIgnored(path, start, end)) {
                return true;
            }
            start = end + 1;
        }
        return is("firebase.json", path, 1, path.length()) || is("firebase-debug.log", path, 1, path.length());
    }

    private static boolean isIgnored(String path, int start, int end) {
        if (start == end) {
            return false;
        }
        char last = path.charAt(end - 1);
        if (last == '.' || last == ' ') {
            return true;
        }
        return path.charAt(start) == '.'
                ? start != 1 || !is(".well-known", path, start, end)
                : is("node_modules", path, start, end);
    }

    private static boolean is(String name, String path, int start, int end) {
        return end - start == name.length() && path.regionMatches(true, start, name, 0, name.length());
    }
}
