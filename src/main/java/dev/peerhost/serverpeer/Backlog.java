package dev.peerhost.serverpeer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much waits to be sent on a channel. The native library loses messages above 16 MiB and never says when its buffer
 * has drained, so we keep count, and ask it only when our count, which is never too low, reaches the high water mark.
 */
final class Backlog {

    /** Above this many bytes nothing more is accepted. */
    static final long HIGH_WATER = 1024 * 1024;

    /** At this many bytes or fewer the channel is writable again; the largest message fits above it. */
    static final long LOW_WATER = 256 * 1024;

    private final LongSupplier buffered;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong sending = new AtomicLong();

    /**
     * Nothing waits.
     *
     * @param buffered asks the native library for {@code bufferedAmount}, in bytes
     */
    Backlog(LongSupplier buffered) {
        this.buffered = buffered;
    }

    /** Makes room for a message that is sent next, or returns false when there is none. */
    boolean reserve(int size) {
        // First, so that whoever asks the native library meanwhile counts these bytes one way or the other.
        sending.addAndGet(size);
        if (total.addAndGet(size) <= HIGH_WATER || recount() <= HIGH_WATER) {
            return true;
        }
        total.addAndGet(-size);
        sending.addAndGet(-size);
        return false;
    }

    /** What was reserved has been given to the native library. */
    void sent(int size) {
        sending.addAndGet(-size);
    }

    /** Whether so little waits that the channel is writable again. */
    boolean isDrained() {
        return total.get() <= LOW_WATER || recount() <= LOW_WATER;
    }

    private long recount() {
        long before = total.get();
        // Read before the native library is asked: a message that is given to it in between counts twice, never not at
        // all.
        long counted = sending.get() + buffered.getAsLong();
        return counted < before && total.compareAndSet(before, counted) ? counted : before;
    }
}
