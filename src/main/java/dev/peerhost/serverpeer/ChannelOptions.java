package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannel;
import org.jspecify.annotations.Nullable;

/**
 * How a browser has opened a channel, as DCEP told it (RFC 8832 section 5.1) and by the names of
 * {@code RTCDataChannelInit} (W3C WebRTC section 6.1.1).
 *
 * @param id its SCTP stream, 0 to 65,534
 * @param ordered whether messages keep their order
 * @param maxRetransmits how often a message is sent again, or null when that is not bounded
 * @param maxPacketLifeTime how long a message may be sent for, in milliseconds, or null when that is not bounded
 */
record ChannelOptions(
        int id,
        boolean ordered,
        @Nullable Integer maxRetransmits,
        @Nullable Integer maxPacketLifeTime) {

    /** Those of a channel; asks the native library, which has 0 for what is not bounded. */
    static ChannelOptions of(RTCDataChannel channel) {
        int lifeTime = channel.getMaxPacketLifeTime();
        boolean timed = lifeTime > 0;
        boolean counted = !timed && !channel.isReliable();
        return new ChannelOptions(
                channel.getId(),
                channel.isOrdered(),
                counted ? channel.getMaxRetransmits() : null,
                timed ? lifeTime : null);
    }
}
