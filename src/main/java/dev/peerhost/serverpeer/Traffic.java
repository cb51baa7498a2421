package dev.peerhost.serverpeer;

import dev.peerhost.channel.SendResult;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * What has gone over all data channels of the server's own peer since it was made: counts that only grow, in messages,
 * bytes and nanoseconds. Counting neither waits nor locks, so native callbacks may do it.
 */
final class Traffic {

    /** Bytes of the largest message that is small: what a larger one costs is its packets. */
    private static final int SMALL = 4096;

    private final LongAdder connections = new LongAdder();
    private final LongAdder smallMessages = new LongAdder();
    private final LongAdder messagesReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();
    private final Map<SendResult, LongAdder> sends = new EnumMap<>(SendResult.class);
    private final LongAdder dropped = new LongAdder();
    private final LongAdder slowHandlers = new LongAdder();
    private final LongAdder slowReaders = new LongAdder();
    private final Times callbacks = new Times();
    private final Times waits = new Times();

    Traffic() {
        for (SendResult result : SendResult.values()) {
            sends.put(result, new LongAdder());
        }
    }

    /** Somebody connects. */
    void connected() {
        connections.increment();
    }

    /** A message of so many bytes has come. */
    void received(int bytes) {
        messagesReceived.increment();
        bytesReceived.add(bytes);
        passed(bytes);
    }

    /** A message of so many bytes was given to {@link NativeChannel#send}. */
    void sent(int bytes, SendResult result) {
        adder(result).increment();
        if (result == SendResult.ACCEPTED) {
            bytesSent.add(bytes);
            passed(bytes);
        }
    }

    /** So many messages that had come were given to no handler, since theirs was too far behind. */
    void dropped(long messages) {
        dropped.add(messages);
    }

    /** A channel was closed because its handler was too far behind. */
    void slowHandler() {
        slowHandlers.increment();
    }

    /** A channel was closed because its reader took nothing for too long. */
    void slowReader() {
        slowReaders.increment();
    }

    long messagesReceived() {
        return messagesReceived.sum();
    }

    long bytesReceived() {
        return bytesReceived.sum();
    }

    /** Bytes of accepted messages; {@link #sends} counts the messages. */
    long bytesSent() {
        return bytesSent.sum();
    }

    /** How many calls of {@link NativeChannel#send} ended so. */
    long sends(SendResult result) {
        return adder(result).sum();
    }

    long dropped() {
        return dropped.sum();
    }

    /** Channels closed because their handler was too far behind. */
    long slowHandlers() {
        return slowHandlers.sum();
    }

    /** Channels closed because their reader took nothing for too long. */
    long slowReaders() {
        return slowReaders.sum();
    }

    /** How many connections were begun. */
    long connections() {
        return connections.sum();
    }

    /** How many messages of at most 4 KiB there were, both ways. */
    long smallMessages() {
        return smallMessages.sum();
    }

    /** How long a native thread was kept by a message: all connections of an engine share that thread. */
    Times callbacks() {
        return callbacks;
    }

    /** How long messages waited for their handler. */
    Times waits() {
        return waits;
    }

    private void passed(int bytes) {
        if (bytes <= SMALL) {
            smallMessages.increment();
        }
    }

    private LongAdder adder(SendResult result) {
        LongAdder adder = sends.get(result);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + result);
        }
        return adder;
    }

    /** A number of durations. */
    static final class Times {

        private final LongAdder count = new LongAdder();
        private final LongAdder total = new LongAdder();
        private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

        /** What began at this {@link System#nanoTime} is over. */
        void since(long start) {
            long nanos = System.nanoTime() - start;
            count.increment();
            total.add(nanos);
            longest.accumulate(nanos);
        }

        long count() {
            return count.sum();
        }

        double totalSeconds() {
            return total.sum() / (double) TimeUnit.SECONDS.toNanos(1);
        }

        double longestSeconds() {
            return longest.get() / (double) TimeUnit.SECONDS.toNanos(1);
        }
    }
}
