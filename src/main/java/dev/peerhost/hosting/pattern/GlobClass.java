package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;

/** {@code [a-z]} in a glob, or {@code [!a-z]} for all the others. */
final class GlobClass {

    private record Range(char from, char to) {}

    private GlobClass() {}

    /** Where the class that starts at an index ends; -1 when nothing closes it, so that it is none. */
    static int end(String text, int start) {
        int first = start + 1;
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ']' && i > first) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Reads what stands between the brackets.
     *
     * @return nothing passes it when a range in it runs backwards
     */
    static Node.CharTest parse(String body) {
        boolean negated = body.startsWith("!") || body.startsWith("^");
        List<Range> ranges = new ArrayList<>();
        int i = negated ? 1 : 0;
        while (i < body.length()) {
            int from = escaped(body, i);
            int dash = from + 1;
            if (dash + 1 < body.length() && body.charAt(dash) == '-') {
                int to = escaped(body, dash + 1);
                if (body.charAt(to) < body.charAt(from)) {
                    return c -> false;
                }
                ranges.add(new Range(body.charAt(from), body.charAt(to)));
                i = to + 1;
            } else {
                ranges.add(new Range(body.charAt(from), body.charAt(from)));
                i = from + 1;
            }
        }
        List<Range> all = List.copyOf(ranges);
        return c -> all.stream().anyMatch(range -> c >= range.from && c <= range.to) != negated;
    }

    /** The index of the character itself, behind the backslash that may stand before it. */
    private static int escaped(String body, int i) {
        return body.charAt(i) == '\\' && i + 1 < body.length() ? i + 1 : i;
    }
}
