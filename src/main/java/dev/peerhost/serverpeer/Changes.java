package dev.peerhost.serverpeer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where threads wait until something has changed, in place of looking again and again. To tell of a change costs a count
 * when nobody waits, and never waits itself, so native callbacks may do it.
 */
final class Changes {

    private final AtomicLong count = new AtomicLong();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** How many there have been; to be asked before looking at what may change. */
    long count() {
        return count.get();
    }

    /** There is one. */
    void tell() {
        count.incrementAndGet();
        if (waiting.get() > 0) {
            lock.lock();
            try {
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until there are more than so many.
     *
     * @param nanos how long at most
     */
    void awaitMoreThan(long seen, long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            waiting.incrementAndGet();
            while (count.get() == seen && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }
}
