package dev.peerhost.hosting.pattern;

import java.util.List;

/** A regular expression as a tree, which {@link Automaton} runs. */
sealed interface Node {

    /** A property of one UTF-16 code unit. */
    @FunctionalInterface
    interface CharTest {
        boolean test(char c);
    }

    /** What matches the empty text. */
    Node NOTHING = new Sequence(List.of());

    /** The end of the text. */
    Node END = new End();

    /** One character. */
    record One(CharTest test) implements Node {}

    /** One after the other. */
    record Sequence(List<Node> parts) implements Node {}

    /** One of them; the first that leads to a match is taken. */
    record Choice(List<Node> options) implements Node {}

    /**
     * Again and again.
     *
     * @param optional whether none at all will do
     * @param many whether there may be more than one
     * @param greedy whether more are preferred to fewer
     */
    record Repeat(Node body, boolean optional, boolean many, boolean greedy) implements Node {}

    /** A part whose place is remembered, by its number from 0. */
    record Group(int number, Node body) implements Node {}

    /** Whether what follows from here matches, or does not; takes no character. */
    record Look(Node ahead, boolean wanted) implements Node {}

    /** {@link #END}. */
    record End() implements Node {}

    /** The characters of a text, in their order. */
    static Node literal(String text) {
        return new Sequence(
                text.chars().<Node>mapToObj(c -> new One(other -> other == c)).toList());
    }

    /** The same without regard to case, as a regular expression of ECMAScript with the flag {@code i} compares. */
    static Node literalInAnyCase(String text) {
        return new Sequence(
                text.chars().<Node>mapToObj(c -> new One(inAnyCase((char) c))).toList());
    }

    /** A character in either case (ECMA-262, section 22.2.2.7.3: by upper case, and never from ASCII to the rest). */
    static CharTest inAnyCase(char c) {
        char folded = fold(c);
        return other -> fold(other) == folded;
    }

    /** What characters of either case have in common. */
    static char fold(char c) {
        char upper = Character.toUpperCase(c);
        return c >= 128 && upper < 128 ? c : upper;
    }
}
