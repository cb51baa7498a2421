package dev.peerhost.hosting.pattern;

import dev.peerhost.hosting.pattern.Instruction.Op;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Node} over a whole text in time proportional to the text's length times the expression's size.
 *
 * <p>It goes through the text from its end and notes at each place from which instructions a match can still be reached. A
 * look-ahead is then known when it is needed; and a walk from the start, which at each fork takes the first way that leads to
 * a match, ends with the very groups that a backtracking matcher would find.
 */
final class Automaton {

    /** A stretch of instructions that depends on nothing outside but on blocks before it. */
    record Block(int start, int end) {}

    private final Op[] ops;
    private final int[] first;
    private final int[] second;
    private final boolean[] wanted;
    private final Node.@Nullable CharTest[] tests;
    /** The fork that leads back to an instruction, or itself. */
    private final int[] loopsAt;

    /** The instructions of each block alone, without those of blocks inside it, from the last to the first. */
    private final int[][] blocks;

    private final int groups;

    Automaton(Node node) throws BadPatternException {
        AutomatonCompiler compiler = new AutomatonCompiler(node);
        List<Instruction> program = compiler.program();
        int size = program.size();
        this.ops = program.stream().map(Instruction::op).toArray(Op[]::new);
        this.first = program.stream().mapToInt(Instruction::first).toArray();
        this.second = program.stream().mapToInt(Instruction::second).toArray();
        this.tests = program.stream().map(Instruction::test).toArray(Node.CharTest[]::new);
        this.wanted = new boolean[size];
        this.loopsAt = new int[size];
        for (int at = 0; at < size; at++) {
            wanted[at] = program.get(at).wanted();
            loopsAt[at] = at;
            if (ops[at] == Op.FORK) {
                loopsAt[Math.min(first[at], at)] = at;
                loopsAt[Math.min(second[at], at)] = at;
            }
        }
        this.blocks = own(compiler.blocks(), size);
        this.groups = compiler.groups();
    }

    private static int[][] own(List<Block> blocks, int size) {
        int[] blockOf = new int[size];
        for (int block = blocks.size() - 1; block >= 0; block--) {
            Arrays.fill(blockOf, blocks.get(block).start(), blocks.get(block).end(), block);
        }
        return IntStream.range(0, blocks.size())
                .mapToObj(block -> IntStream.iterate(size - 1, at -> at >= 0, at -> at - 1)
                        .filter(at -> blockOf[at] == block)
                        .toArray())
                .toArray(int[][]::new);
    }

    /** How many instructions it has. */
    int size() {
        return ops.length;
    }

    /** Whether the whole text matches. */
    boolean matches(String text) {
        boolean[] behind = new boolean[ops.length];
        boolean[] here = new boolean[ops.length];
        for (int i = text.length(); i >= 0; i--) {
            if (!fill(text, i, behind, here)) {
                return false;
            }
            boolean[] swap = behind;
            behind = here;
            here = swap;
        }
        return behind[0];
    }

    /**
     * The groups of the match with the whole text.
     *
     * @return null when there is none; a group that took no part is null
     */
    @Nullable
    List<@Nullable String> match(String text) {
        int length = text.length();
        boolean[][] alive = new boolean[length + 1][];
        for (int i = length; i >= 0; i--) {
            alive[i] = new boolean[ops.length];
            if (!fill(text, i, alive[Math.min(i + 1, length)], alive[i])) {
                return null;
            }
        }
        return alive[0][0] ? walk(text, alive) : null;
    }

    /**
     * Notes from which instructions a match can be reached at one place, from what is known of the next place.
     *
     * @return whether there is one; if not, there is none at any place before either
     */
    private boolean fill(String text, int i, boolean[] behind, boolean[] here) {
        boolean atEnd = i == text.length();
        char c = atEnd ? 0 : text.charAt(i);
        Arrays.fill(here, false);
        boolean any = false;
        for (int block = 0; block < blocks.length; block++) {
            // A loop leads back to what is looked at after it: once more, until nothing is new.
            boolean again = true;
            while (again) {
                again = false;
                for (int at : blocks[block]) {
                    // Called for each character and instruction, often before it is compiled: no calls but to tests.
                    if (!here[at]
                            && switch (ops[at]) {
                                case ONE -> behind[at + 1] && !atEnd && passes(tests[at], c);
                                case FORK -> here[first[at]] || here[second[at]];
                                case JUMP -> here[first[at]];
                                case NOTE -> here[at + 1];
                                case LOOK -> here[first[at]] == wanted[at] && here[second[at]];
                                case END -> atEnd && here[at + 1];
                                case MATCH -> true;
                            }) {
                        here[at] = true;
                        again |= !here[loopsAt[at]];
                        any |= block == blocks.length - 1 && ops[at] != Op.MATCH;
                    }
                }
            }
        }
        return any;
    }

    private static boolean passes(Node.@Nullable CharTest test, char c) {
        return test != null && test.test(c);
    }

    private List<@Nullable String> walk(String text, boolean[][] alive) {
        int[] notes = new int[groups * 2];
        Arrays.fill(notes, -1);
        int[] lastFork = new int[ops.length];
        int at = 0;
        for (int i = 0; ops[at] != Op.MATCH; ) {
            switch (ops[at]) {
                case ONE -> i++;
                case NOTE -> notes[first[at]] = i;
                default -> {}
            }
            at = switch (ops[at]) {
                case FORK -> {
                    // The second time at the same place: that loop took nothing, so it is left.
                    boolean again = lastFork[at] == i + 1;
                    lastFork[at] = i + 1;
                    yield alive[i][first[at]] && (!again || !alive[i][second[at]]) ? first[at] : second[at];
                }
                case JUMP -> first[at];
                case LOOK -> second[at];
                default -> at + 1;
            };
        }
        List<@Nullable String> found = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            int start = notes[group * 2];
            int end = notes[group * 2 + 1];
            found.add(start < 0 || end < start ? null : text.substring(start, end));
        }
        return found;
    }
}
