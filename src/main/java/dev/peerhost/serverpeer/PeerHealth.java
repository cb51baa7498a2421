package dev.peerhost.serverpeer;

import dev.peerhost.serverpeer.network.Network;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * {@code serverPeer} in {@code /actuator/health}. Without its own peer the server still hosts and signals, and starting
 * it again would help nobody: its state is then unknown, which does not make the whole unhealthy, and the reason is told.
 * The same goes for a minute after an offer that there was no port or address for.
 */
final class PeerHealth implements HealthIndicator {

    private final ServerPeerStatus status;
    private final Network network;

    PeerHealth(ServerPeerStatus status, Network network) {
        this.status = status;
        this.network = network;
    }

    @Override
    public Health health() {
        String reason = status.available() ? network.trouble() : status.reason();
        return reason == null
                ? Health.up().build()
                : Health.unknown().withDetail("reason", reason).build();
    }
}
