package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.control.SafetyCodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one connection is, for people and programs that watch the server.
 *
 * @param id its number, as the log has it
 * @param peer the id of the peer
 * @param room the room that it came through, or null when it came over HTTP
 * @param state of the {@code RTCPeerConnection} (W3C WebRTC section 4.3.3)
 * @param ageSeconds since its first offer
 * @param generation the engine that it was made in
 * @param safetyCode the five words that the browser shows too, or null when it has not asked for them
 * @param channels its open channels
 * @param selectedPair the pair of candidates in use, or null when there is none or it was not told in time
 */
record ConnectionReport(
        long id,
        String peer,
        @Nullable String room,
        RTCPeerConnectionState state,
        long ageSeconds,
        int generation,
        @Nullable String safetyCode,
        List<ChannelReport> channels,
        @Nullable CandidatePair selectedPair) {

    /**
     * Reports on a link in its own operations.
     *
     * @param within how long to wait for the native library; then the report comes without what only that knows
     * @return completes within twice that time, with null when there is no connection, or when the link is too busy to look
     */
    static CompletableFuture<@Nullable ConnectionReport> of(PeerLink link, SafetyCodes codes, Duration within) {
        CompletableFuture<@Nullable ConnectionReport> report = new CompletableFuture<>();
        boolean taken = link.operations()
                .offer(
                        () -> {
                            NativeConnection connection = link.connection();
                            if (connection == null) {
                                report.complete(null);
                            } else {
                                ConnectionReport known = known(connection, codes);
                                var unused = report.completeOnTimeout(known, within.toMillis(), TimeUnit.MILLISECONDS);
                                connection.stats(event -> {
                                    if (event instanceof NativeEvent.StatsDelivered delivered) {
                                        report.completeAsync(
                                                () -> known.with(CandidatePair.selected(delivered.stats())));
                                    }
                                });
                            }
                        },
                        1);
        if (!taken) {
            report.complete(null);
        }
        // A link that is busy with an offer may not even come to look.
        return report.completeOnTimeout(null, 2 * within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ConnectionReport known(NativeConnection connection, SafetyCodes codes) {
        LinkId id = connection.id();
        return new ConnectionReport(
                id.connection(),
                id.peer(),
                id.room(),
                connection.state(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - id.start()),
                connection.generation().number(),
                codes.of(connection.fingerprints()),
                connection.channels().stream().map(OpenChannel::report).toList(),
                null);
    }

    private ConnectionReport with(@Nullable CandidatePair pair) {
        return new ConnectionReport(id, peer, room, state, ageSeconds, generation, safetyCode, channels, pair);
    }
}
