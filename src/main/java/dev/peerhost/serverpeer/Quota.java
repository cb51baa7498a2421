package dev.peerhost.serverpeer;

import dev.peerhost.serverpeer.limit.Limit;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.limit.PeerLimits;
import dev.peerhost.serverpeer.limit.TokenBucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one connection may still do, and when it did something last. */
final class Quota {

    private static final Logger log = LoggerFactory.getLogger(Quota.class);

    private final LinkId id;
    private final Limits limits;
    private final PeerLimits most;
    private final Consumer<Limit> exceeded;
    private final @Nullable TokenBucket messages;
    private final @Nullable TokenBucket bytes;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile long active = System.nanoTime();

    /**
     * Of a new connection.
     *
     * @param exceeded ends the connection; called once and by native callbacks, so it neither waits nor throws
     */
    Quota(LinkId id, Limits limits, Consumer<Limit> exceeded) {
        this.id = id;
        this.limits = limits;
        this.most = limits.settings();
        this.exceeded = exceeded;
        this.messages = perSecond(most.messagesPerSecond());
        this.bytes = perSecond(most.bytesPerSecond().toBytes());
    }

    /** Whether a connection with so many channels may have another. */
    boolean allowsChannel(int channels, String label, String protocol) {
        Limit limit = exceededBy(channels, label, protocol);
        if (limit != null) {
            limits.count(limit);
            log.info("Closed a channel of {}: it exceeds {}", id, limits.describe(limit));
        }
        return limit == null;
    }

    /**
     * A message of so many bytes has come; called by native callbacks.
     *
     * @return false when it is one too many: the connection ends, and no handler gets the message
     */
    boolean received(int size) {
        sent();
        if (messages != null && !messages.take(1)) {
            return end(Limit.MESSAGES_PER_SECOND);
        }
        return bytes == null || bytes.take(size) || end(Limit.BYTES_PER_SECOND);
    }

    /** A message was sent. */
    void sent() {
        if (!most.idleTime().isZero()) {
            active = System.nanoTime();
        }
    }

    /** How long ago the last message was, either way; kept only when there is a limit on it. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - active);
    }

    private boolean end(Limit limit) {
        if (over.compareAndSet(false, true)) {
            exceeded.accept(limit);
        }
        return false;
    }

    private @Nullable Limit exceededBy(int channels, String label, String protocol) {
        if (channels >= most.channelsPerConnection()) {
            return Limit.CHANNELS_PER_CONNECTION;
        }
        if (isLonger(label, most.labelLength())) {
            return Limit.LABEL_LENGTH;
        }
        return isLonger(protocol, most.protocolLength()) ? Limit.PROTOCOL_LENGTH : null;
    }

    private static boolean isLonger(String text, int limit) {
        return text.getBytes(StandardCharsets.UTF_8).length > limit;
    }

    private static @Nullable TokenBucket perSecond(long limit) {
        return limit == 0 ? null : new TokenBucket(limit, limit, System::nanoTime);
    }
}
