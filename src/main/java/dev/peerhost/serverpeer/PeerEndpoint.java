package dev.peerhost.serverpeer;

import dev.peerhost.control.SafetyCodes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/peerhost} on the management port: how the server's own peer and each of its connections is. The
 * native library is asked in each connection's own operations; only the request's thread waits, and not for long.
 */
@Endpoint(id = "peerhost")
final class PeerEndpoint {

    private static final int BY_DEFAULT = 100;
    private static final int AT_MOST = 1000;
    private static final Duration WITHIN = Duration.ofSeconds(2);

    /**
     * All that is told.
     *
     * @param available whether the server's own peer takes part
     * @param reason why not
     * @param connectionCount how many connections there are
     * @param generation the engine that new connections are made in
     * @param generations how many engines are alive
     * @param leakedBytes what they keep of messages
     * @param connections the oldest of them
     */
    record Report(
            boolean available,
            @Nullable String reason,
            int connectionCount,
            int generation,
            int generations,
            long leakedBytes,
            List<ConnectionReport> connections) {}

    private final PeerLinks links;
    private final ServerPeerStatus status;
    private final SafetyCodes codes;

    PeerEndpoint(PeerLinks links, ServerPeerStatus status, SafetyCodes codes) {
        this.links = links;
        this.status = status;
        this.codes = codes;
    }

    /**
     * Reports.
     *
     * @param limit how many connections are listed, 1 to 1,000, or null for 100
     */
    @ReadOperation
    Report report(@Nullable Integer limit) {
        int most = limit == null ? BY_DEFAULT : Math.clamp(limit, 1, AT_MOST);
        List<CompletableFuture<@Nullable ConnectionReport>> asked = links.all().stream()
                .filter(link -> link.connection() != null)
                .sorted(Comparator.comparingLong(link -> link.id().connection()))
                .limit(most)
                .map(link -> ConnectionReport.of(link, codes, WITHIN))
                .toList();
        List<ConnectionReport> connections = asked.stream()
                .map(CompletableFuture::join)
                .filter(Objects::nonNull)
                .toList();
        Generations running = links.generations();
        return new Report(
                status.available(),
                status.reason(),
                links.size(),
                running == null ? 0 : running.newest(),
                running == null ? 0 : running.alive(),
                running == null ? 0 : running.leakedBytes(),
                connections);
    }
}
