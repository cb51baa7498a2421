package dev.peerhost.hosting.pattern;

import dev.peerhost.hosting.pattern.Automaton.Block;
import dev.peerhost.hosting.pattern.Instruction.Op;
import java.util.ArrayList;
import java.util.List;

/** Makes the instructions of a {@link Node}. */
final class AutomatonCompiler {

    /** With 8,192 characters, which is what a request's head has at most, some 30 ms. */
    private static final int MOST_INSTRUCTIONS = 1_000;

    private final List<Instruction> program = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private int groups;

    AutomatonCompiler(Node node) throws BadPatternException {
        emit(node);
        add(new Instruction(Op.END, 0, 0, false, null));
        add(new Instruction(Op.MATCH, 0, 0, false, null));
        blocks.add(new Block(0, program.size()));
    }

    List<Instruction> program() {
        return program;
    }

    /** The inner ones first, the whole last. */
    List<Block> blocks() {
        return blocks;
    }

    int groups() {
        return groups;
    }

    private void emit(Node node) throws BadPatternException {
        switch (node) {
            case Node.One one -> add(new Instruction(Op.ONE, 0, 0, false, one.test()));
            case Node.End end -> add(new Instruction(Op.END, 0, 0, false, null));
            case Node.Sequence sequence -> {
                for (Node part : sequence.parts()) {
                    emit(part);
                }
            }
            case Node.Choice choice -> emitChoice(choice.options());
            case Node.Repeat repeat -> emitRepeat(repeat);
            case Node.Group group -> {
                groups = Math.max(groups, group.number() + 1);
                add(new Instruction(Op.NOTE, group.number() * 2, 0, false, null));
                emit(group.body());
                add(new Instruction(Op.NOTE, group.number() * 2 + 1, 0, false, null));
            }
            case Node.Look look -> emitLook(look);
        }
    }

    private void emitChoice(List<Node> options) throws BadPatternException {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < options.size() - 1; i++) {
            int fork = reserve();
            emit(options.get(i));
            ends.add(reserve());
            program.set(fork, new Instruction(Op.FORK, fork + 1, program.size(), false, null));
        }
        emit(options.getLast());
        for (int end : ends) {
            program.set(end, new Instruction(Op.JUMP, program.size(), 0, false, null));
        }
    }

    private void emitRepeat(Node.Repeat repeat) throws BadPatternException {
        int skip = repeat.optional() ? reserve() : -1;
        int start = program.size();
        emit(repeat.body());
        if (repeat.many()) {
            int again = reserve();
            program.set(again, fork(start, again + 1, repeat.greedy()));
        }
        if (skip >= 0) {
            program.set(skip, fork(start, program.size(), repeat.greedy()));
        }
    }

    private void emitLook(Node.Look look) throws BadPatternException {
        int at = reserve();
        emit(look.ahead());
        add(new Instruction(Op.MATCH, 0, 0, false, null));
        blocks.add(new Block(at + 1, program.size()));
        program.set(at, new Instruction(Op.LOOK, at + 1, program.size(), look.wanted(), null));
    }

    private static Instruction fork(int more, int fewer, boolean greedy) {
        return new Instruction(Op.FORK, greedy ? more : fewer, greedy ? fewer : more, false, null);
    }

    private int reserve() throws BadPatternException {
        add(new Instruction(Op.MATCH, 0, 0, false, null));
        return program.size() - 1;
    }

    private void add(Instruction instruction) throws BadPatternException {
        if (program.size() >= MOST_INSTRUCTIONS) {
            throw new BadPatternException("is too large; make several rules of it");
        }
        program.add(instruction);
    }
}
