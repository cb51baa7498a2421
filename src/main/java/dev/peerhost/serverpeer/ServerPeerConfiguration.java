package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandlers;
import dev.peerhost.control.SafetyCodes;
import dev.peerhost.ice.IceServers;
import dev.peerhost.serverpeer.affinity.Affinity;
import dev.peerhost.serverpeer.limit.Admission;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.limit.PeerLimits;
import dev.peerhost.serverpeer.network.Network;
import dev.peerhost.serverpeer.network.NetworkProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Puts the server's own peer together. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({OfferController.class, ConnectionController.class, OfferRefusals.class})
@EnableConfigurationProperties({
    ServerPeerProperties.class,
    NetworkProperties.class,
    GenerationLimits.class,
    BufferLimits.class,
    PeerLimits.class
})
class ServerPeerConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ServerPeerConfiguration.class);

    @Bean
    ServerPeerStatus serverPeerStatus(ServerPeerProperties properties) {
        ServerPeerStatus status = new ServerPeerStatus(
                properties.enabled()
                        ? NativeLibrary.absence()
                        : "The Java peer is off: peerhost.peer.enabled is false; set it to true and start again.");
        if (!status.available()) {
            log.warn("{}", status.reason());
        }
        return status;
    }

    @Bean
    NativeRelease nativeRelease(ServerPeerStatus status, ServerPeerProperties properties) {
        return status.available() ? NativeRelease.choose(properties.nativeRelease()) : NativeRelease.none();
    }

    @Bean
    Network network(NetworkProperties network, ServerPeerProperties properties) {
        return network.network(properties.maxConnections());
    }

    @Bean
    Channels channels(ChannelHandlers handlers, BufferLimits limits) {
        return new Channels(handlers, limits);
    }

    @Bean
    PeerLinks peerLinks(
            IceServers iceServers,
            Network network,
            Channels channels,
            NativeRelease nativeRelease,
            GenerationLimits limits,
            PeerLimits peerLimits,
            ServerPeerProperties properties) {
        Rotation rotation = Rotation.choose(limits);
        return new PeerLinks(
                channels,
                () -> new Generations(iceServers, network, nativeRelease, rotation),
                new Admission(properties.maxConnections(), new Limits(peerLimits)));
    }

    @Bean
    Affinity affinity(ServerPeerStatus status, ServerPeerProperties properties, Channels channels) {
        Affinity.Mode mode = status.available() ? properties.affinity() : Affinity.Mode.OFF;
        return new Affinity(mode, channels.traffic()::smallMessages, channels.traffic()::connections);
    }

    @Bean
    PeerMetrics peerMetrics(PeerLinks peerLinks, Channels channels, Affinity affinity) {
        return new PeerMetrics(peerLinks, channels, affinity);
    }

    @Bean
    PeerHealth serverPeerHealthIndicator(ServerPeerStatus status, Network network) {
        return new PeerHealth(status, network);
    }

    @Bean
    PeerEndpoint peerEndpoint(PeerLinks peerLinks, ServerPeerStatus status, SafetyCodes codes) {
        return new PeerEndpoint(peerLinks, status, codes);
    }

    @Bean
    HttpPeers httpPeers(PeerLinks peerLinks) {
        return new HttpPeers(peerLinks);
    }

    @Bean
    ServerPeer serverPeer(PeerLinks peerLinks, ServerPeerStatus status) {
        return new ServerPeer(peerLinks, status);
    }
}
