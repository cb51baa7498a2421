package dev.peerhost.serverpeer;

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

    /** All that follows is guarded by this object's lock, which is not held while the native library is asked. */
    private long total;

    private long sending;
    private long reservations;

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
        synchronized (this) {
            sending += size;
            total += size;
            reservations++;
            if (total <= HIGH_WATER) {
                return true;
            }
        }
        if (recount() <= HIGH_WATER) {
            return true;
        }
        synchronized (this) {
            total -= size;
            sending -= size;
        }
        return false;
    }

    /** What was reserved has been given to the native library. */
    synchronized void sent(int size) {
        sending -= size;
    }

    /** Whether so little waits that the channel is writable again. */
    boolean isDrained() {
        synchronized (this) {
            if (total <= LOW_WATER) {
                return true;
            }
        }
        return recount() <= LOW_WATER;
    }

    private long recount() {
        long counted;
        long seen;
        synchronized (this) {
            // Read before the native library is asked: a message that is given to it in between counts twice, never not
            // at all.
            counted = sending;
            seen = reservations;
        }
        counted += buffered.getAsLong();
        synchronized (this) {
            // What was reserved meanwhile may be missing from this count: then the old one stands.
            if (seen == reservations && counted < total) {
                total = counted;
            }
            return total;
        }
    }
}
