package dev.peerhost.serverpeer.affinity;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Threads that run on one processor for a while. Not for several threads at once. */
final class Tie {

    private final int processor;
    private final BitSet one;
    private final BitSet all;
    private final Set<Integer> tied = new HashSet<>();
    private Set<Integer> known;

    /**
     * Ties nobody yet.
     *
     * @param all the processors of those who are not tied
     * @param tasks that there are: the only ones that cannot have been begun by one who is tied
     */
    Tie(int processor, BitSet all, List<Task> tasks) {
        this.processor = processor;
        this.one = new BitSet();
        this.one.set(processor);
        this.all = all;
        this.known = ids(tasks);
    }

    int processor() {
        return processor;
    }

    /** The processors of those who are not tied. */
    BitSet all() {
        return all;
    }

    /**
     * Ties those whose name is on the path, and nobody else: a thread that is begun by one who is tied is tied at first.
     *
     * @throws LastErrorException when the system forbids it
     */
    void hold(List<Task> tasks, Predicate<String> path) {
        for (Task task : tasks) {
            if (path.test(task.name())) {
                if (tied.add(task.id())) {
                    set(task, one);
                }
            } else if (tied.remove(task.id()) || !known.contains(task.id())) {
                set(task, all);
            }
        }
        known = ids(tasks);
    }

    /** Ties nobody any more. */
    void end() throws IOException {
        hold(Task.all(), name -> false);
    }

    private static void set(Task task, BitSet processors) {
        try {
            Processors.set(task.id(), processors);
        } catch (LastErrorException refused) {
            if (refused.getErrorCode() != Processors.NO_SUCH_THREAD) {
                throw refused;
            }
        }
    }

    private static Set<Integer> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).collect(Collectors.toSet());
    }
}
