package dev.peerhost.serverpeer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what it is given one after another, in order, on a virtual thread of its own. The thread comes with the first task,
 * parks while there is none, which is cheaper than to end and to be started again, and ends with the last of a closed queue.
 *
 * <p>The queue has a limit, in whatever unit its owner counts the cost of a task in; above it tasks are refused, and the
 * owner says what that means. Handing over a task neither waits nor throws, so native callbacks may do it: the lock
 * guards the queue alone and is never held while a task runs.
 */
final class Operations {

    private static final Logger log = LoggerFactory.getLogger(Operations.class);

    private record Task(Runnable action, long cost) {}

    private final String name;
    private final long limit;
    private final AtomicLong loadOfAll;
    private final Thread thread;
    private final Deque<Task> tasks = new ArrayDeque<>();

    /** Whether there are tasks, for the thread before it parks. */
    private volatile boolean waiting;

    /** Whether the thread needs to be woken. */
    private volatile boolean parked;

    private long load;
    private boolean started;
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
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
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
        boolean first;
        synchronized (this) {
            if (closed || load + cost > limit) {
                return false;
            }
            first = enqueue(new Task(task, cost));
        }
        wake(first);
        return true;
    }

    /**
     * Takes a last task, whatever the limit, and refuses all that come after.
     *
     * @return false when there is a last task already
     */
    boolean close(Runnable last) {
        boolean first;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            first = enqueue(new Task(last, 0));
        }
        wake(first);
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
        boolean first = !started;
        started = true;
        return first;
    }

    /** Not under the lock, which is the first thing that the thread needs. */
    private void wake(boolean first) {
        if (first) {
            thread.start();
        } else if (parked) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        for (Runnable action = await(); action != null; action = await()) {
            try {
                action.run();
            } catch (Throwable fault) {
                log.error("An operation of {} failed", name, fault);
            }
        }
    }

    /** The next task, or null after the last. */
    private @Nullable Runnable await() {
        while (true) {
            synchronized (this) {
                Task task = tasks.poll();
                waiting = !tasks.isEmpty();
                if (task != null) {
                    count(-task.cost);
                    return task.action;
                }
                if (closed) {
                    return null;
                }
            }
            parked = true;
            while (!waiting) {
                LockSupport.park(this);
                // Left over from a task: nobody else interrupts, and the thread would not park again.
                var unused = Thread.interrupted();
            }
            parked = false;
        }
    }

    private void count(long more) {
        load += more;
        loadOfAll.addAndGet(more);
    }
}
