package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pair of candidates that a connection uses, from its statistics (W3C Identifiers for WebRTC's Statistics API,
 * section 6.13).
 *
 * @param local ours
 * @param remote the browser's
 * @param rttMillis the last round trip of a connectivity check, in milliseconds, or null before there was one
 */
record CandidatePair(End local, End remote, @Nullable Double rttMillis) {

    /**
     * One end.
     *
     * @param address an IP address, or null where the library withholds it: that of a peer-reflexive candidate, which
     *     nobody has named
     * @param port or null
     * @param type host, srflx, prflx or relay
     * @param protocol udp or tcp
     */
    record End(
            @Nullable String address,
            @Nullable Integer port,
            @Nullable String type,
            @Nullable String protocol) {

        private static End of(@Nullable RTCStats candidate) {
            String address = candidate == null ? null : (String) value(candidate, "address");
            return new End(
                    address == null || address.isEmpty() ? null : address,
                    candidate == null ? null : (Integer) value(candidate, "port"),
                    candidate == null ? null : (String) value(candidate, "candidateType"),
                    candidate == null ? null : (String) value(candidate, "protocol"));
        }
    }

    /** The pair in use, or null when there is none. */
    static @Nullable CandidatePair selected(Map<String, RTCStats> stats) {
        for (RTCStats transport : stats.values()) {
            RTCStats pair = transport.getType() == RTCStatsType.TRANSPORT
                    ? stats.get(String.valueOf(value(transport, "selectedCandidatePairId")))
                    : null;
            if (pair != null) {
                Double rtt = (Double) value(pair, "currentRoundTripTime");
                return new CandidatePair(
                        End.of(stats.get(String.valueOf(value(pair, "localCandidateId")))),
                        End.of(stats.get(String.valueOf(value(pair, "remoteCandidateId")))),
                        rtt == null ? null : rtt * 1000);
            }
        }
        return null;
    }

    private static @Nullable Object value(RTCStats stats, String name) {
        return stats.getAttributes().get(name);
    }
}
