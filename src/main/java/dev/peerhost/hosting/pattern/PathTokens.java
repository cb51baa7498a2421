package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path with captures as path-to-regexp 1.9 reads it: {@code :name}, {@code :name(\d+)}, {@code (\d+)}, each with {@code ?},
 * {@code *} or {@code +} behind it, and {@code *} for all that follows.
 */
final class PathTokens {

    /** A part of the path. */
    sealed interface Token {}

    /** Text that stands for itself. */
    record Text(String text) implements Token {}

    /**
     * What is captured.
     *
     * @param name or its number, counted over those without a name
     * @param prefix a slash or a dot that belongs to it, or nothing
     * @param optional whether it may be missing
     * @param repeat whether there may be several, with the prefix between them
     * @param partial whether something other than its prefix follows
     * @param asterisk whether it is a bare star
     * @param body what it matches
     */
    record Capture(
            String name, String prefix, boolean optional, boolean repeat, boolean partial, boolean asterisk, Node body)
            implements Token {

        /** What stands between repetitions. */
        String delimiter() {
            return prefix.isEmpty() ? "/" : prefix;
        }
    }

    private static final Pattern TOKEN = Pattern.compile("(\\\\.)"
            + "|([/.])?(?:(?::(\\w+)(?:\\(((?:\\\\.|[^\\\\()])+)\\))?|\\(((?:\\\\.|[^\\\\()])+)\\))([+*?])?|(\\*))");

    private PathTokens() {}

    static List<Token> parse(String path) throws BadPatternException {
        List<Token> tokens = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher matcher = TOKEN.matcher(path);
        int end = 0;
        int unnamed = 0;
        while (matcher.find()) {
            text.append(path, end, matcher.start());
            end = matcher.end();
            if (matcher.group(1) != null) {
                text.append(matcher.group(1).charAt(1));
                continue;
            }
            String previous = text.toString();
            if (!previous.isEmpty()) {
                tokens.add(new Text(previous));
                text.setLength(0);
            }
            String name = matcher.group(3);
            String next = end < path.length() ? path.substring(end, end + 1) : null;
            tokens.add(capture(matcher, name != null ? name : Integer.toString(unnamed++), next, previous));
        }
        text.append(path.substring(end));
        if (!text.isEmpty()) {
            tokens.add(new Text(text.toString()));
        }
        return tokens;
    }

    private static Capture capture(Matcher token, String name, @Nullable String next, String previous)
            throws BadPatternException {
        String prefix = token.group(2) == null ? "" : token.group(2);
        String modifier = token.group(6) == null ? "" : token.group(6);
        String own = token.group(4) != null ? token.group(4) : token.group(5);
        boolean asterisk = token.group(7) != null;
        return new Capture(
                name,
                prefix,
                modifier.equals("?") || modifier.equals("*"),
                modifier.equals("+") || modifier.equals("*"),
                !prefix.isEmpty() && next != null && !next.equals(prefix),
                asterisk,
                own != null ? Fragment.parse(own) : body(asterisk, prefix, previous));
    }

    /** What a capture without an expression of its own matches: up to its delimiter, or to the text that stood before it. */
    private static Node body(boolean asterisk, String prefix, String previous) throws BadPatternException {
        if (asterisk) {
            return Fragment.parse(".*");
        }
        char delimiter = prefix.isEmpty() ? '/' : prefix.charAt(0);
        String before = prefix.isEmpty() ? previous : prefix;
        Node one = new Node.One(c -> c != delimiter);
        if (before.isEmpty() || before.indexOf(delimiter) >= 0) {
            return new Node.Repeat(one, false, true, false);
        }
        Node text = Node.literalInAnyCase(before);
        Node other = new Node.Sequence(List.of(new Node.Look(text, false), one));
        return new Node.Choice(List.of(text, new Node.Repeat(other, false, true, false)));
    }
}
