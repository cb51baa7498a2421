package dev.peerhost.hosting.rules;

/** Slashes of paths and globs. */
public final class Slashes {

    private Slashes() {}

    /** With one leading slash, behind a negation's mark; no backslashes, and no two slashes in a row. */
    public static String lead(String glob) {
        String mark = glob.startsWith("!") ? "!" : "";
        return mark + single("/" + glob.substring(mark.length()).replace('\\', '/'));
    }

    /** Slashes in a row made one. */
    public static String single(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder single = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                single.append(path.charAt(i));
            }
        }
        return single.toString();
    }
}
