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

    /** Two are enough but for a thread that begins another at once. */
    private static final int MOST_PASSES = 10;

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
     * @return whether somebody was let go
     * @throws LastErrorException when the system forbids it
     */
    boolean hold(List<Task> tasks, Predicate<String> path) {
        boolean letGo = false;
        for (Task task : tasks) {
            if (path.test(task.name())) {
                if (tied.add(task.id())) {
                    set(task, one);
                }
            } else if (tied.remove(task.id()) || !known.contains(task.id())) {
                set(task, all);
                letGo = true;
            }
        }
        known = ids(tasks);
        return letGo;
    }

    /** Ties nobody any more, nor whom they have begun before they were let go. */
    void end() throws IOException {
        // Whom they begin while a list is gone through is in the next.
        boolean again = true;
        for (int pass = 0; again && pass < MOST_PASSES; pass++) {
            again = hold(Task.all(), name -> false);
        }
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
