package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;

/** The segments of globs and paths. */
final class GlobParts {

    private GlobParts() {}

    /** The segments of a path; several slashes are one. A leading or last slash makes an empty segment. */
    static List<String> split(String path) {
        List<String> segments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/') {
                segments.add(path.substring(start, i));
                while (i + 1 < path.length() && path.charAt(i + 1) == '/') {
                    i++;
                }
                start = i + 1;
            }
        }
        segments.add(path.substring(start));
        return segments;
    }

    /** The segments of a glob, those that say the same in another order made one. */
    static List<String> of(String pattern) {
        List<String> parts = split(pattern);
        // The last segment stays, since a star there needs a name, be it behind any number of others.
        int from = 1;
        while (from < parts.size() - 1) {
            if (parts.get(from).equals("*") && parts.get(from - 1).equals("**")) {
                parts.set(from - 1, "*");
                parts.set(from, "**");
                from = Math.max(1, from - 1);
            } else {
                from++;
            }
        }
        List<String> reduced = new ArrayList<>();
        for (String part : parts) {
            String previous = reduced.isEmpty() ? "" : reduced.getLast();
            if (part.equals("**") && previous.equals("**")) {
                continue;
            }
            if (part.equals("..")
                    && !previous.isEmpty()
                    && !List.of("..", ".", "**").contains(previous)) {
                reduced.removeLast();
                continue;
            }
            reduced.add(part);
        }
        return reduced.isEmpty() ? List.of("") : reduced;
    }
}
