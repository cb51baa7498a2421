package dev.peerhost.room;

import org.jspecify.annotations.Nullable;

/**
 * One step of offer/answer (RFC 9429 section 3.2) or of trickle ICE (RFC 8838) from one peer of a room to another. The
 * content is opaque to the room.
 */
public sealed interface Signal extends RoomMessage {

    /** The room that both peers are in. */
    RoomId room();

    /** The sender, stamped by the server. */
    PeerId from();

    /** The receiver. */
    PeerId to();

    /** An SDP offer. */
    record Offer(RoomId room, PeerId from, PeerId to, String sdp) implements Signal {}

    /** An SDP answer. */
    record Answer(RoomId room, PeerId from, PeerId to, String sdp) implements Signal {}

    /** A trickled candidate, or null for the end of candidates. */
    record Candidate(
            RoomId room, PeerId from, PeerId to, @Nullable IceCandidate candidate) implements Signal {}
}
