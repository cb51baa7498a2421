package dev.peerhost.serverpeer.affinity;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the threads of messages had done by a moment.
 *
 * @param at {@link System#nanoTime}
 * @param work messages, and connections for as many as they may take
 * @param times for how long each thread has run, in nanoseconds, by id
 * @param idle for how long each processor has had nothing to do
 */
record Sample(long at, long work, Map<Integer, Long> times, Map<Integer, Long> idle) {

    /** What a message may take in all of its threads: with more, somebody computes. */
    private static final long DEAREST = TimeUnit.MICROSECONDS.toNanos(250);

    /** From which share of its time on a processor is used up. */
    private static final double FULL = 0.9;

    /** From which share of its time on a processor has room. */
    private static final double ROOM = 0.5;

    static Sample take(long work, List<Task> threads) throws IOException {
        return new Sample(
                System.nanoTime(),
                work,
                threads.stream().collect(Collectors.toMap(Task::id, Task::time)),
                Machine.idle());
    }

    /**
     * Whether one processor is right for what was done until a later moment.
     *
     * @param processor which it was
     * @param all those that there are
     */
    boolean suits(Sample later, int processor, BitSet all) {
        long ran = later.times.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - times.getOrDefault(thread.getKey(), thread.getValue()))
                .sum();
        long elapsed = later.at - at;
        boolean computes = ran > (later.work - work) * DEAREST;
        boolean crowded = ran > elapsed * FULL
                && all.stream()
                        .filter(other -> other != processor)
                        .anyMatch(other -> later.idle(other) - idle(other) > elapsed * ROOM);
        return !computes && !crowded;
    }

    private long idle(int processor) {
        return idle.getOrDefault(processor, 0L);
    }
}
