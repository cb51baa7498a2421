package dev.peerhost.signaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The newest messages of one peer, numbered from 1, kept whether they were sent or not: which of them have arrived shows
 * only when the client comes back and says. It holds {@value #MAX_MESSAGES} messages and {@value #MAX_BYTES} bytes, and
 * forgets the oldest for the newest. Not safe for use by several threads.
 */
final class Mailbox {

    static final int MAX_MESSAGES = 512;
    static final int MAX_BYTES = 256 * 1024;

    /** What an entry costs besides its bytes: array header and queue slot. */
    private static final int OVERHEAD = 32;

    /** What all mailboxes together may hold: one that finds no room forgets its own messages, the oldest first. */
    static final class Memory {

        private final long limit;
        private final AtomicLong used = new AtomicLong();

        /** Room for so many bytes. */
        Memory(long limit) {
            this.limit = limit;
        }

        /** How many bytes are held. */
        long used() {
            return used.get();
        }

        private boolean take(int size) {
            if (used.addAndGet(size) <= limit) {
                return true;
            }
            used.addAndGet(-size);
            return false;
        }
    }

    private final Memory memory;
    private final Deque<byte[]> bodies = new ArrayDeque<>();
    private int bytes;
    private long last;

    /** An empty one that takes its room from {@code memory}. */
    Mailbox(Memory memory) {
        this.memory = memory;
    }

    /** The number of the newest message, 0 before the first. */
    long last() {
        return last;
    }

    /** Takes the message with the next number. One that finds no room at all is forgotten at once, but counted. */
    void add(byte[] body) {
        last++;
        int size = body.length + OVERHEAD;
        while (!bodies.isEmpty() && (bodies.size() == MAX_MESSAGES || bytes + size > MAX_BYTES)) {
            forgetOldest();
        }
        boolean fits = memory.take(size);
        while (!fits && !bodies.isEmpty()) {
            forgetOldest();
            fits = memory.take(size);
        }
        if (fits) {
            bodies.add(body);
            bytes += size;
        }
    }

    /** Whether every message after the one with the number {@code seen} is here. */
    boolean holdsAllAfter(long seen) {
        return seen <= last && seen >= last - bodies.size();
    }

    /** The messages after the one with the number {@code seen}, which must all be here. */
    List<byte[]> after(long seen) {
        return bodies.stream().skip(bodies.size() - (last - seen)).toList();
    }

    /** Forgets all of them. */
    void clear() {
        while (!bodies.isEmpty()) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        int size = bodies.remove().length + OVERHEAD;
        bytes -= size;
        memory.used.addAndGet(-size);
    }
}
