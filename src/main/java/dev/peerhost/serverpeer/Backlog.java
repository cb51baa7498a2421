package dev.peerhost.serverpeer;

import java.util.function.LongSupplier;

/**
 * How much waits to be sent on a channel. The native library loses messages above 16 MiB and never says when its buffer
 * has drained, so we keep count, and ask it only when our count, which is never too low, reaches a limit.
 */
final class Backlog {

    /** Above this many bytes nothing more is accepted. */
    static final long HIGH_WATER = 1024 * 1024;

    /** At this many bytes or fewer the channel is writable again; the largest message fits above it. */
    static final long LOW_WATER = 256 * 1024;

    private static final int LARGEST = 256 * 1024;

    private final LongSupplier buffered;
    private final SendBudget budget;

    /** All that follows is guarded by this object's lock, which is not held while the native library is asked. */
    private long total;

    private long sending;
    private long reservations;
    private long reserved;
    private long left;
    private long leftSince;
    private boolean watched;
    private boolean closed;

    /**
     * Nothing waits.
     *
     * @param buffered asks the native library for {@code bufferedAmount}, in bytes
     * @param budget what waits here counts there too
     */
    Backlog(LongSupplier buffered, SendBudget budget) {
        this.buffered = buffered;
        this.budget = budget;
        budget.join(this);
    }

    /** Makes room for a message that is sent next, or returns false when there is none. */
    boolean reserve(int size) {
        synchronized (this) {
            if (closed) {
                return false;
            }
            sending += size;
            reserved += size;
            reservations++;
            count(size);
            if (total <= HIGH_WATER && budget.fits(0)) {
                return true;
            }
        }
        if (recount() <= HIGH_WATER && budget.fitsNow(0)) {
            return true;
        }
        synchronized (this) {
            sending -= size;
            reserved -= size;
            count(-size);
        }
        return false;
    }

    /** Whether less than so many bytes wait, here and on the connection as far as it may hold more. */
    boolean isBelow(long mark) {
        synchronized (this) {
            if (total < mark && budget.fits(0)) {
                return true;
            }
        }
        return recount() < mark && budget.fitsNow(0);
    }

    /** Counts a message that is sent next, whether there is room or not. */
    synchronized void add(int size) {
        if (!closed) {
            sending += size;
            reserved += size;
            reservations++;
            count(size);
        }
    }

    /** What was reserved has been given to the native library. */
    synchronized void sent(int size) {
        sending -= size;
    }

    /** Whether so little waits that the channel is writable again. */
    boolean isDrained() {
        synchronized (this) {
            if (total <= LOW_WATER && budget.fits(LARGEST)) {
                return true;
            }
        }
        return recount() <= LOW_WATER && budget.fitsNow(LARGEST);
    }

    /** Whether there may be something that waits. */
    synchronized boolean isEmpty() {
        return total == 0;
    }

    /**
     * Whether something waits, and nothing of it has left since the last call that said no; after a yes the time begins
     * anew.
     *
     * @param now the {@link System#nanoTime}
     * @param patience how long it must have been so, in nanoseconds
     */
    boolean isStuck(long now, long patience) {
        recount();
        synchronized (this) {
            long leftNow = reserved - total;
            boolean stuck = watched && total > 0 && leftNow == left;
            if (stuck && now - leftSince < patience) {
                return false;
            }
            watched = total > 0;
            left = leftNow;
            leftSince = now;
            return stuck;
        }
    }

    /** What waits cannot leave, through no fault of the reader: its time begins anew. */
    synchronized void pause() {
        watched = false;
    }

    /** Nothing waits any more, and nothing is accepted. */
    void close() {
        synchronized (this) {
            closed = true;
            budget.count(-total);
            total = 0;
        }
        budget.leave(this);
    }

    /** Asks the native library what has left, and returns what waits. */
    long recount() {
        long counted;
        long seen;
        synchronized (this) {
            // Read before the native library is asked: a message that is given to it in between counts twice, never not
            // at all.
            counted = sending;
            seen = reservations;
            if (total == 0) {
                return 0;
            }
        }
        counted += buffered.getAsLong();
        synchronized (this) {
            // What was reserved meanwhile may be missing from this count: then the old one stands.
            if (seen == reservations && counted < total) {
                count(counted - total);
            }
            return total;
        }
    }

    private void count(long more) {
        if (!closed) {
            total += more;
            budget.count(more);
        }
    }
}
