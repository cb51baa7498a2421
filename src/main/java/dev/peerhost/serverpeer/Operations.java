package dev.peerhost.serverpeer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after another, in order, on virtual threads; there is a thread only while there is work.
 *
 * <p>The queue has a limit, in whatever unit its owner counts the cost of a task in; above it tasks are refused, and the
 * owner says what that means. Handing over a task neither waits nor throws, so native callbacks may do it: the lock
 * guards the queue alone and is never held while a task runs.
 */
final class Operations {

    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    /**
     * How long a thread that has run out of work looks for more before it ends, in nanoseconds: starting another costs
     * about as much.
     */
    private static final long LAST_LOOK = TimeUnit.MICROSECONDS.toNanos(20);

    private record Task(Runnable action, long cost) {}

    private final String name;
    private final long limit;
    private final AtomicLong loadOfAll;
    private final Deque<Task> tasks = new ArrayDeque<>();

    /** Whether there are tasks, for who looks without the lock. */
    private volatile boolean waiting;

    private long load;
    private boolean running;
    private boolean closed;

    /**
     * An empty queue.
     *
     * @param name of its threads, for people
     * @param limit on the cost of all tasks that wait
     */
    Operations(String name, long limit) {
        this(name, limit, new AtomicLong());
    }

    /**
     * One of several.
     *
     * @param loadOfAll the cost of all tasks that wait in any of them
     */
    Operations(String name, long limit, AtomicLong loadOfAll) {
        this.name = name;
        this.limit = limit;
        this.loadOfAll = loadOfAll;
    }

    /** Whether {@link #close} was called: nothing is taken any more. */
    synchronized boolean isClosed() {
        return closed;
    }

    /** The cost of all tasks that wait. */
    synchronized long load() {
        return load;
    }

    /**
     * Takes a task.
     *
     * @param cost what it counts against the limit
     * @return false when it is refused, for there is no room or the queue is closed
     */
    boolean offer(Runnable task, long cost) {
        boolean idle;
        synchronized (this) {
            if (closed || load + cost > limit) {
                return false;
            }
            idle = enqueue(new Task(task, cost));
        }
        wake(idle);
        return true;
    }

    /**
     * Takes a last task, whatever the limit, and refuses all that come after.
     *
     * @return false when there is a last task already
     */
    boolean close(Runnable last) {
        boolean idle;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            idle = enqueue(new Task(last, 0));
        }
        wake(idle);
        return true;
    }

    /**
     * Forgets the tasks that wait, but for the last one of a closed queue.
     *
     * @return how many
     */
    synchronized int clear() {
        Task last = closed ? tasks.pollLast() : null;
        int forgotten = tasks.size();
        tasks.clear();
        if (last != null) {
            tasks.add(last);
        }
        count(-load);
        return forgotten;
    }

    private boolean enqueue(Task task) {
        tasks.add(task);
        waiting = true;
        count(task.cost);
        boolean idle = !running;
        running = true;
        return idle;
    }

    /** Not under the lock, which is the first thing that the thread needs. */
    private void wake(boolean idle) {
        if (idle) {
            Thread.ofVirtual().name(name).start(this::drain);
        }
    }

    private void drain() {
        for (Runnable action = awaitNext(); action != null; action = awaitNext()) {
            try {
                action.run();
            } catch (Throwable fault) {
                log.error("An operation of {} failed", name, fault);
            }
        }
    }

    private @Nullable Runnable awaitNext() {
        long start = System.nanoTime();
        while (!waiting && System.nanoTime() - start < LAST_LOOK) {
            Thread.onSpinWait();
        }
        return next();
    }

    private synchronized @Nullable Runnable next() {
        Task task = tasks.poll();
        waiting = !tasks.isEmpty();
        if (task == null) {
            running = false;
            return null;
        }
        count(-task.cost);
        return task.action;
    }

    private void count(long more) {
        load += more;
        loadOfAll.addAndGet(more);
    }
}
