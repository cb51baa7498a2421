package dev.peerhost.serverpeer.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code peerhost.peer.*}, as far as it is about addresses and ports.
 *
 * @param remoteCandidates which addresses that a browser names are connected to
 * @param portRange the UDP ports of connections, null for any
 * @param announcedAddresses which of our addresses browsers are told; empty for all
 * @param publicAddress the address that browsers are told in place of ours, or null
 */
@ConfigurationProperties("peerhost.peer")
public record NetworkProperties(
        @DefaultValue("ignore") List<CandidateRule> remoteCandidates,
        @Nullable PortRange portRange,
        @DefaultValue List<AddressRange> announcedAddresses,
        @Nullable IpAddress publicAddress) {

    /** What they come to; the log says when there are fewer ports than connections. */
    public Network network(int maxConnections) {
        Network network = new Network(remoteCandidates, portRange, new Announcement(announcedAddresses, publicAddress));
        network.check(maxConnections);
        return network;
    }
}
