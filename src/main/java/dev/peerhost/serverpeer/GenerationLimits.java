package dev.peerhost.serverpeer;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.peer.generation.*}: after what a {@link Generation} takes no more connections, and when those that it
 * has are asked to leave.
 *
 * @param rotation whether there is ever another generation
 * @param maxConnections how many it takes in all, at least 1
 * @param maxMessages how many messages it receives on all of them, at least 1; each costs some 88 bytes until it ends
 * @param maxAge how old it gets, at least 1 s
 * @param leakBudget how much memory the messages of all generations may take before connections of
 *     spent ones are asked to reconnect
 * @param reconnectWithin how long those have to do so before they are closed, at least 1 s
 */
@Validated
@ConfigurationProperties("peerhost.peer.generation")
record GenerationLimits(
        @DefaultValue("auto") Rotation.Mode rotation,
        @DefaultValue("10000") @Min(1) long maxConnections,
        @DefaultValue("500000") @Min(1) long maxMessages,
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration maxAge,
        @DefaultValue("256MB") DataSize leakBudget,
        @DefaultValue("30s") @DurationMin(seconds = 1) Duration reconnectWithin) {

    /** What the native library keeps of each message, in bytes. */
    static final int KEPT_PER_MESSAGE = 88;

    /** How many messages the budget is, at least one. */
    long budgetMessages() {
        return Math.max(1, leakBudget.toBytes() / KEPT_PER_MESSAGE);
    }
}
