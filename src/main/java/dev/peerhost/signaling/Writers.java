package dev.peerhost.signaling;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to sockets, which never waits for one: the thread that read the cause, when it has done with what it read and
 * holds no lock any more, or else a thread of its own.
 */
final class Writers implements Executor {

    /** Handles what was read. */
    interface Reading {
        void run() throws Exception;
    }

    private static final ThreadLocal<@Nullable Queue<Runnable>> AFTER_READING = new ThreadLocal<>();

    private final Executor others;

    /** With {@code others} for what no reading thread has caused. */
    Writers(Executor others) {
        this.others = others;
    }

    /** Runs {@code reading} and then what it has given to {@link #execute}. */
    void read(Reading reading) throws Exception {
        Queue<Runnable> writes = new ArrayDeque<>();
        AFTER_READING.set(writes);
        try {
            reading.run();
        } finally {
            AFTER_READING.remove();
            writes.forEach(Runnable::run);
        }
    }

    @Override
    public void execute(Runnable write) {
        Queue<Runnable> writes = AFTER_READING.get();
        if (writes == null) {
            others.execute(write);
        } else {
            writes.add(write);
        }
    }
}
