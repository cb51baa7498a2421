package dev.peerhost.serverpeer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a reader that has taken nothing of what waits for it while the connection was up: the channel, and the connection
 * if that does not close it in as much time again. The same end comes to a connection whose channel we have closed, when
 * the other end neither agrees nor sends anything more on it: a close may be lost on the way (docs/conformance.md).
 */
final class SlowReader {

    private static final Logger log = LoggerFactory.getLogger(SlowReader.class);

    private final HandledChannel channel;
    private final NativeConnection connection;
    private final Backlog backlog;
    private final Traffic traffic;
    private final LongSupplier received;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean ended;

    /** What the other end had sent when it was last looked at, and since when no more has come; for operations. */
    private long heard = -1;

    private long heardSince;

    /**
     * The reader of one native channel.
     *
     * @param received what its other end has sent, in whatever unit
     */
    SlowReader(
            HandledChannel channel,
            NativeConnection connection,
            Backlog backlog,
            Traffic traffic,
            LongSupplier received) {
        this.channel = channel;
        this.connection = connection;
        this.backlog = backlog;
        this.traffic = traffic;
        this.received = received;
    }

    /** Looks; it only submits an operation. */
    void check(Duration patience) {
        if ((!backlog.isEmpty() || channel.isClosedByUs()) && !ended && checking.compareAndSet(false, true)) {
            connection.submit(() -> {
                checking.set(false);
                if (!connection.isConnected()) {
                    backlog.pause();
                    heard = -1;
                } else if (backlog.isStuck(System.nanoTime(), patience.toNanos())) {
                    cut(patience);
                } else if (isSilent(System.nanoTime(), patience.toNanos())) {
                    log.info("Closed {}: the close of {} was not answered", connection.id(), channel);
                    connection.abandon();
                }
            });
        }
    }

    /** There is nobody any more. */
    void end() {
        ended = true;
    }

    /** Whether we have closed the channel, and nothing more has come on it for so many nanoseconds. */
    private boolean isSilent(long now, long patience) {
        long by = received.getAsLong();
        if (!channel.isClosedByUs() || by != heard) {
            heard = by;
            heardSince = now;
        }
        return !ended && now - heardSince >= patience;
    }

    private void cut(Duration patience) {
        if (channel.isClosedByUs()) {
            log.info("Closed {}: its reader lets no channel close", connection.id());
            connection.abandon();
        } else {
            log.info("Closed {}: its reader has taken nothing for {} s", channel, patience.toSeconds());
            traffic.slowReader();
            channel.close();
        }
    }
}
