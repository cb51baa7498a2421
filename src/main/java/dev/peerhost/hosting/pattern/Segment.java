package dev.peerhost.hosting.pattern;

/** One segment of a glob, what stands between two slashes, as a test of one segment of a path. */
@FunctionalInterface
interface Segment {

    /** {@code **}: any number of segments. It tests none itself. */
    Segment GLOBSTAR = segment -> false;

    boolean test(String segment);

    /**
     * Reads a segment.
     *
     * @param hidden whether stars are for names that start with a dot, too
     * @param weight what the segments before it need; its own is added
     */
    static Segment parse(String text, boolean hidden, int[] weight) throws BadPatternException {
        if (text.equals("**")) {
            return GLOBSTAR;
        }
        SegmentTokens tokens = SegmentTokens.of(text);
        if (!tokens.isMagic()) {
            String literal = tokens.literal();
            return literal::equals;
        }
        if (tokens.isStarAndLiteral()) {
            String end = tokens.literal();
            return segment -> !segment.isEmpty() && (hidden || segment.charAt(0) != '.') && segment.endsWith(end);
        }
        Automaton automaton = new Automaton(SegmentTree.of(tokens.tokens(), hidden || text.startsWith(".")));
        weight[0] += automaton.size();
        return automaton::matches;
    }
}
