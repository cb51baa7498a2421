package dev.peerhost.hosting.pattern;

import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link Automaton}.
 *
 * @param first where to go on; for NOTE the index of what is noted
 * @param second the other way of a fork; behind a look-ahead
 */
record Instruction(Op op, int first, int second, boolean wanted, Node.@Nullable CharTest test) {

    /** What an instruction does; it goes on with the next one unless it says otherwise. */
    enum Op {
        /** Takes one character. */
        ONE,
        /** Goes on at either of two, preferably the first. */
        FORK,
        /** Goes on elsewhere. */
        JUMP,
        /** Notes where a group starts or ends. */
        NOTE,
        /** Goes on behind the look-ahead when what that says is so. */
        LOOK,
        /** Goes on at the end of the text alone. */
        END,
        /** It is a match. */
        MATCH
    }
}
