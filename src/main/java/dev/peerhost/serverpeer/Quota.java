package dev.peerhost.serverpeer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What one connection may still do, and when it did something last. */
final class Quota {

    private final PeerLimits limits;
    private final @Nullable TokenBucket messages;
    private final @Nullable TokenBucket bytes;
    private volatile long active = System.nanoTime();

    /** Of a new connection. */
    Quota(PeerLimits limits) {
        this.limits = limits;
        this.messages = perSecond(limits.messagesPerSecond());
        this.bytes = perSecond(limits.bytesPerSecond().toBytes());
    }

    /** What keeps a connection with so many channels from having another, or null. */
    @Nullable
    Limit onChannel(int channels, String label, String protocol) {
        if (channels >= limits.channelsPerConnection()) {
            return Limit.CHANNELS_PER_CONNECTION;
        }
        if (isLonger(label, limits.labelLength())) {
            return Limit.LABEL_LENGTH;
        }
        return isLonger(protocol, limits.protocolLength()) ? Limit.PROTOCOL_LENGTH : null;
    }

    /** A message of so many bytes has come; what it exceeds, or null. Called by native callbacks. */
    @Nullable
    Limit onMessage(int size) {
        sent();
        if (messages != null && !messages.take(1)) {
            return Limit.MESSAGES_PER_SECOND;
        }
        return bytes != null && !bytes.take(size) ? Limit.BYTES_PER_SECOND : null;
    }

    /** A message was sent. */
    void sent() {
        if (!limits.idleTime().isZero()) {
            active = System.nanoTime();
        }
    }

    /** How long ago the last message was, either way; kept only when there is a limit on it. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - active);
    }

    private static @Nullable TokenBucket perSecond(long limit) {
        return limit == 0 ? null : new TokenBucket(limit, limit, System::nanoTime);
    }

    private static boolean isLonger(String text, int limit) {
        return text.getBytes(StandardCharsets.UTF_8).length > limit;
    }
}
