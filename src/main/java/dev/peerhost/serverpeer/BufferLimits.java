package dev.peerhost.serverpeer;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.peer.buffer.*}: how many bytes of messages wait in the server.
 *
 * @param connection to be sent on one connection, at least 1 MB; above it its channels are not writable
 * @param sending to be sent in all, at least 1 MB; above it a connection that holds more than 256 KiB is not writable
 * @param channel for the handler of one channel, at least 1 MB; above it the channel is closed, or loses messages if it is
 *     an unreliable one
 * @param handling for handlers in all, at least 16 MB; above it the channel whose handler is furthest behind is cut
 * @param slowReaderAfter how long a reader may take nothing of what waits for it before it is cut, at least 1 s
 */
@Validated
@ConfigurationProperties("peerhost.peer.buffer")
record BufferLimits(
        @DefaultValue("4MB") @NotNull DataSize connection,
        @DefaultValue("256MB") @NotNull DataSize sending,
        @DefaultValue("64MB") @NotNull DataSize channel,
        @DefaultValue("256MB") @NotNull DataSize handling,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration slowReaderAfter) {

    /** Refuses what is too little for a single channel to work with. */
    BufferLimits {
        atLeast("connection", connection, DataSize.ofMegabytes(1));
        atLeast("sending", sending, DataSize.ofMegabytes(1));
        atLeast("channel", channel, DataSize.ofMegabytes(1));
        atLeast("handling", handling, DataSize.ofMegabytes(16));
    }

    private static void atLeast(String key, DataSize size, DataSize least) {
        if (size.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "peerhost.peer.buffer.%s is %,d bytes; give it at least %,d, such as %dMB"
                            .formatted(key, size.toBytes(), least.toBytes(), least.toMegabytes()));
        }
    }
}
