package dev.peerhost.serverpeer;

import dev.peerhost.serverpeer.affinity.Affinity;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.peer.*}.
 *
 * @param enabled whether there is a server's own peer at all
 * @param maxConnections how many connections it has at most, 1 to 100,000
 * @param nativeRelease whether closed native connections are released
 * @param affinity whether the threads of messages may be tied to one processor
 */
@Validated
@ConfigurationProperties("peerhost.peer")
record ServerPeerProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1000") @Min(1) @Max(100_000) int maxConnections,
        @DefaultValue("auto") NativeRelease.Mode nativeRelease,
        @DefaultValue("auto") Affinity.Mode affinity) {}
