package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.SendResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a channel sends: only what the native library will not lose, and not for ever to somebody who does not read. */
final class Outgoing {

    private static final Logger log = LoggerFactory.getLogger(Outgoing.class);

    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(16).toNanos();

    private final NativeChannel channel;
    private final NativeConnection connection;
    private final NativeDataChannel natives;
    private final Traffic traffic;
    private final Backlog backlog;
    private final AtomicBoolean checking = new AtomicBoolean();
    private volatile boolean ended;

    /** What the other end had sent when it was last looked at, and since when no more has come; for operations. */
    private long heard = -1;

    private long heardSince;

    Outgoing(NativeChannel channel, NativeConnection connection, NativeDataChannel natives, Traffic traffic) {
        this.channel = channel;
        this.connection = connection;
        this.natives = natives;
        this.traffic = traffic;
        this.backlog = new Backlog(natives::bufferedAmount, connection.sendBudget());
    }

    /** {@link NativeChannel#send}. */
    SendResult send(ChannelMessage message) {
        byte[] bytes = message.bytes();
        SendResult result = send(bytes, message instanceof ChannelMessage.Binary);
        traffic.sent(bytes.length, result);
        if (result == SendResult.ACCEPTED) {
            channel.counts().sent(bytes.length);
        }
        return result;
    }

    private SendResult send(byte[] bytes, boolean binary) {
        if (!channel.isOpen()) {
            return SendResult.CLOSED;
        }
        if (bytes.length > connection.maxMessageSize()) {
            return SendResult.TOO_LARGE;
        }
        if (!connection.isConnected() || !backlog.reserve(bytes.length)) {
            return SendResult.WOULD_BLOCK;
        }
        try {
            connection.quota().sent();
            return natives.send(bytes, binary) ? SendResult.ACCEPTED : SendResult.CLOSED;
        } catch (Exception failed) {
            log.info("Closed {}: sending failed: {}", channel, failed.toString());
            channel.close();
            return SendResult.CLOSED;
        } finally {
            backlog.sent(bytes.length);
        }
    }

    /** {@link NativeChannel#awaitWritable}. */
    boolean awaitWritable(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE;
        while (channel.isOpen()) {
            if (connection.isConnected() && backlog.isDrained()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // The native library does not report that its buffer has drained: it has to be asked.
            Thread.sleep(Duration.ofNanos(Math.min(pause, left)));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        return false;
    }

    /**
     * Cuts a reader that has taken nothing of what waits for it while the connection was up: the channel, and the
     * connection if that does not close it in as much time again. The same end comes to a connection whose channel we
     * have closed, when the other end neither agrees nor sends anything more on it: a close may be lost on the way
     * (docs/conformance.md). It only submits an operation.
     */
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

    /** Whether we have closed the channel, and nothing more has come on it for so many nanoseconds. */
    private boolean isSilent(long now, long patience) {
        long received = channel.counts().bytesReceived();
        if (!channel.isClosedByUs() || received != heard) {
            heard = received;
            heardSince = now;
        }
        return !ended && now - heardSince >= patience;
    }

    /** Nothing is sent any more. */
    void close() {
        ended = true;
        backlog.close();
    }

    private void cut(Duration patience) {
        if (channel.isOpen()) {
            log.info("Closed {}: its reader has taken nothing for {} s", channel, patience.toSeconds());
            traffic.slowReader();
            channel.close();
        } else {
            log.info("Closed {}: its reader lets no channel close", connection.id());
            connection.abandon();
        }
    }
}
