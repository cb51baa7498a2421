package dev.peerhost.serverpeer.limit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.peer.limits.*}: what one address and one connection may have of the server's own peer. Where 0 is
 * allowed, it is no limit.
 *
 * @param connectionsPerAddress connections at once, at least 1
 * @param offersPerSecond offers and changes of an address in the long run, at least 1
 * @param offersBurst how many of them may come at once, at least 1
 * @param channelsPerConnection open channels, 1 to 1,024
 * @param labelLength of a channel, in bytes of UTF-8, 1 to 65,535
 * @param protocolLength of a channel, in bytes of UTF-8, 0 to 65,535
 * @param idleTime how long a connection stays without a message either way
 * @param lifeTime how long a connection stays
 * @param messagesPerSecond messages received on a connection
 * @param bytesPerSecond bytes received on a connection
 */
@Validated
@ConfigurationProperties("peerhost.peer.limits")
public record PeerLimits(
        @DefaultValue("500") @Min(1) int connectionsPerAddress,
        @DefaultValue("300") @Min(1) int offersPerSecond,
        @DefaultValue("600") @Min(1) int offersBurst,
        @DefaultValue("16") @Min(1) @Max(1024) int channelsPerConnection,
        @DefaultValue("1024") @Min(1) @Max(65_535) int labelLength,
        @DefaultValue("1024") @Min(0) @Max(65_535) int protocolLength,
        @DefaultValue("0s") @DurationMin Duration idleTime,
        @DefaultValue("0s") @DurationMin Duration lifeTime,
        @DefaultValue("0") @Min(0) long messagesPerSecond,
        @DefaultValue("0B") DataSize bytesPerSecond) {}
