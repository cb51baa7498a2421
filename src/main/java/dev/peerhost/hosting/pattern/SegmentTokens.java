package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Takes one segment of a glob apart, and settles which parentheses and bars have a meaning. */
final class SegmentTokens {

    /** A part of a segment. */
    sealed interface Token {}

    /** A character that stands for itself. */
    record Literal(char c) implements Token {}

    /** {@code *}. */
    record Star() implements Token {}

    /** {@code ?}. */
    record Any() implements Token {}

    /** {@code [a-z]}. */
    record CharClass(Node.CharTest test) implements Token {}

    /** One of {@code ?( *( +( @( !(}, and whether it stands at the very start. */
    record Open(char kind, boolean first) implements Token {}

    /** {@code |} between the options of one of these. */
    record Bar() implements Token {}

    /** The end of one of these. */
    record Close() implements Token {}

    private static final String KINDS = "?*+@!";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private boolean magic;

    private SegmentTokens(String text) {
        this.text = text;
    }

    static SegmentTokens of(String segment) {
        SegmentTokens result = new SegmentTokens(segment);
        result.read();
        return result;
    }

    /** In their order; each {@code Open} has its {@code Close}. */
    List<Token> tokens() {
        return tokens;
    }

    /** Whether any part stands for more than itself. */
    boolean isMagic() {
        return magic;
    }

    /** Whether it is a star and nothing but characters behind it. */
    boolean isStarAndLiteral() {
        return tokens.getFirst() instanceof Star && tokens.stream().skip(1).allMatch(Literal.class::isInstance);
    }

    /** Its characters that stand for themselves. */
    String literal() {
        StringBuilder literal = new StringBuilder();
        for (Token token : tokens) {
            if (token instanceof Literal(char c)) {
                literal.append(c);
            }
        }
        return literal.toString();
    }

    private void read() {
        List<Token> read = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                read.add(new Literal(i + 1 < text.length() ? text.charAt(++i) : c));
            } else if (c == '[' && GlobClass.end(text, i) > 0) {
                int end = GlobClass.end(text, i);
                read.add(new CharClass(GlobClass.parse(text.substring(i + 1, end))));
                i = end;
            } else if (KINDS.indexOf(c) >= 0) {
                while (c == '*' && i + 1 < text.length() && text.charAt(i + 1) == '*') {
                    i++;
                }
                boolean opens = i + 1 < text.length() && text.charAt(i + 1) == '(';
                read.add(opens ? new Open(c, i == 0) : plain(c));
                i += opens ? 1 : 0;
            } else {
                read.add(c == '|' ? new Bar() : c == ')' ? new Close() : new Literal(c));
            }
        }
        settle(read);
    }

    private static Token plain(char kind) {
        return kind == '*' ? new Star() : kind == '?' ? new Any() : new Literal(kind);
    }

    /** Makes literals of what opens and is never closed, and of bars and closing ones that belong to nothing. */
    private void settle(List<Token> read) {
        BitSet paired = new BitSet();
        List<Integer> open = new ArrayList<>();
        List<List<Integer>> bars = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            switch (read.get(i)) {
                case Open ignored -> {
                    open.add(i);
                    bars.add(new ArrayList<>());
                }
                case Bar ignored when !open.isEmpty() -> bars.getLast().add(i);
                case Close ignored
                when !open.isEmpty() -> {
                    paired.set(i);
                    paired.set(open.removeLast());
                    bars.removeLast().forEach(paired::set);
                }
                default -> {}
            }
        }
        for (int i = 0; i < read.size(); i++) {
            boolean isPaired = paired.get(i);
            switch (read.get(i)) {
                case Open unclosed
                when !isPaired -> {
                    tokens.add(plain(unclosed.kind()));
                    tokens.add(new Literal('('));
                }
                case Bar ignored when !isPaired -> tokens.add(new Literal('|'));
                case Close ignored when !isPaired -> tokens.add(new Literal(')'));
                case Token token -> tokens.add(token);
            }
        }
        magic = tokens.stream().anyMatch(token -> !(token instanceof Literal)) || !open.isEmpty();
    }
}
