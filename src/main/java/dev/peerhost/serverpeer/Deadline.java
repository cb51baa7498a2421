package dev.peerhost.serverpeer;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** At most one thing that happens later unless it is called off; belongs to the operations of one link. */
final class Deadline {

    private final ScheduledExecutorService timer;
    private final ConnectionOwner owner;
    private @Nullable Future<?> pending;
    private long round;

    /**
     * Nothing is to happen.
     *
     * @param timer only submits to the owner's operations
     */
    Deadline(ScheduledExecutorService timer, ConnectionOwner owner) {
        this.timer = timer;
        this.owner = owner;
    }

    /** Runs an operation of the owner's after so much time, in place of what was set before. */
    void set(Duration after, Runnable operation) {
        cancel();
        long mine = round;
        Runnable unlessCancelled = () -> {
            if (mine == round) {
                operation.run();
            }
        };
        pending = timer.schedule(() -> owner.submit(unlessCancelled), after.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Calls it off, even when it waits in the operations already. */
    void cancel() {
        round++;
        if (pending != null) {
            pending.cancel(false);
            pending = null;
        }
    }
}
