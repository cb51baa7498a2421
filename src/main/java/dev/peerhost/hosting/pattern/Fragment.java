package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * The expression of a capture, as {@code \d+} in {@code :id(\d+)}: an ECMAScript regular expression without groups and
 * assertions, in any case.
 */
final class Fragment {

    private static final int MOST_REPEATS = 100;

    private final String text;
    private int at;

    private Fragment(String text) {
        this.text = text;
    }

    static Node parse(String text) throws BadPatternException {
        Fragment fragment = new Fragment(text);
        List<Node> options = new ArrayList<>();
        do {
            options.add(fragment.sequence());
        } while (fragment.at++ < text.length());
        return new Node.Choice(options);
    }

    private Node sequence() throws BadPatternException {
        List<Node> parts = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '|') {
            Node atom = new Node.One(atom());
            parts.add(quantified(atom));
        }
        return new Node.Sequence(parts);
    }

    private Node.CharTest atom() throws BadPatternException {
        char c = text.charAt(at++);
        return switch (c) {
            case '.' -> other -> other != '\n' && other != '\r' && other != '\u2028' && other != '\u2029';
            case '[' -> charClass();
            case '\\' -> escape();
            case '*', '+', '?', '{', '^' -> throw unknown(c);
            default -> Node.inAnyCase(c);
        };
    }

    private Node.CharTest escape() throws BadPatternException {
        if (at == text.length()) {
            throw unknown('\\');
        }
        char c = text.charAt(at++);
        return switch (c) {
            case 'd' -> Fragment::isDigit;
            case 'D' -> other -> !isDigit(other);
            case 'w' -> Fragment::isWord;
            case 'W' -> other -> !isWord(other);
            case 's' -> Character::isWhitespace;
            case 'S' -> other -> !Character.isWhitespace(other);
            default -> {
                if (isWord(c)) {
                    throw unknown(c);
                }
                yield Node.inAnyCase(c);
            }
        };
    }

    private Node.CharTest charClass() throws BadPatternException {
        boolean negated = at < text.length() && text.charAt(at) == '^';
        at += negated ? 1 : 0;
        List<Node.CharTest> tests = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != ']') {
            char from = text.charAt(at++);
            if (from == '\\') {
                tests.add(escape());
            } else if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                char to = text.charAt(at + 1);
                if (to < from || to == '\\') {
                    throw new BadPatternException("has a range that runs backwards: %c-%c".formatted(from, to));
                }
                tests.add(c -> inRange(c, from, to));
                at += 2;
            } else {
                tests.add(Node.inAnyCase(from));
            }
        }
        if (at++ >= text.length()) {
            throw new BadPatternException("has a [ that no ] closes");
        }
        return c -> tests.stream().anyMatch(test -> test.test(c)) != negated;
    }

    private static boolean inRange(char c, char from, char to) {
        char lower = Character.toLowerCase(c);
        char upper = Node.fold(c);
        return (c >= from && c <= to) || (lower >= from && lower <= to) || (upper >= from && upper <= to);
    }

    private Node quantified(Node atom) throws BadPatternException {
        char c = at < text.length() ? text.charAt(at) : 0;
        int min = c == '+' ? 1 : 0;
        int max = c == '?' ? 1 : Integer.MAX_VALUE;
        if (c == '{') {
            int close = text.indexOf('}', at);
            String[] bounds =
                    close < 0 ? new String[0] : text.substring(at + 1, close).split(",", -1);
            if (bounds.length == 0 || bounds.length > 2 || !isCount(bounds[0])) {
                throw unknown(c);
            }
            min = Integer.parseInt(bounds[0]);
            max = bounds.length == 1 ? min : bounds[1].isEmpty() ? Integer.MAX_VALUE : count(bounds[1]);
            at = close;
        } else if (c != '*' && c != '+' && c != '?') {
            return atom;
        }
        at++;
        boolean greedy = at >= text.length() || text.charAt(at) != '?';
        at += greedy ? 0 : 1;
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < min; i++) {
            parts.add(atom);
        }
        if (max == Integer.MAX_VALUE) {
            parts.add(new Node.Repeat(atom, true, true, greedy));
        } else {
            for (int i = min; i < max; i++) {
                parts.add(new Node.Repeat(atom, true, false, greedy));
            }
        }
        return new Node.Sequence(parts);
    }

    private int count(String text) throws BadPatternException {
        if (!isCount(text)) {
            throw unknown('{');
        }
        return Integer.parseInt(text);
    }

    private static boolean isCount(String text) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) <= MOST_REPEATS;
    }

    private BadPatternException unknown(char c) {
        return new BadPatternException("has a %c at a place where Peerhost cannot read it: (%s)".formatted(c, text));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
