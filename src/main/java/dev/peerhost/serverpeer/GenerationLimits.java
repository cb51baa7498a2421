package dev.peerhost.serverpeer;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.peer.generation.*}: after what a {@link Generation} takes no more connections.
 *
 * @param maxConnections how many it takes in all, at least 1
 * @param maxMessages how many messages it receives on all of them, at least 1; each costs some 88 bytes until it ends
 * @param maxAge how old it gets, at least 1 s
 */
@Validated
@ConfigurationProperties("peerhost.peer.generation")
record GenerationLimits(
        @DefaultValue("10000") @Min(1) long maxConnections,
        @DefaultValue("500000") @Min(1) long maxMessages,
        @DefaultValue("24h") @DurationMin(seconds = 1) Duration maxAge) {}
