package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.SendResult;
import java.time.Duration;
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
    private final SlowReader reader;

    Outgoing(NativeChannel channel, NativeConnection connection, NativeDataChannel natives, Traffic traffic) {
        this.channel = channel;
        this.connection = connection;
        this.natives = natives;
        this.traffic = traffic;
        this.backlog = new Backlog(natives::bufferedAmount, connection.sendBudget());
        this.reader = new SlowReader(channel, connection, backlog, traffic, channel.counts()::bytesReceived);
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
            // The native library never calls onBufferedAmountChange (NativeCallbacksTests): it has to be asked.
            Thread.sleep(Duration.ofNanos(Math.min(pause, left)));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        return false;
    }

    /** {@link HandledChannel#check}. */
    void check(Duration patience) {
        reader.check(patience);
    }

    /** Nothing is sent any more. */
    void close() {
        reader.end();
        backlog.close();
    }
}
