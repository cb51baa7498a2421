package dev.peerhost.room;

import java.util.List;

/** Who is in a room, and how that changes. */
public sealed interface Presence extends RoomMessage {

    /** The room that this is about. */
    RoomId room();

    /** The first message to a newcomer: those who were present before it, in the order in which they came. */
    record Roster(RoomId room, PeerId self, List<PeerInfo> peers) implements Presence {}

    /** Somebody came. */
    record Joined(RoomId room, PeerInfo peer) implements Presence {}

    /** Somebody went. */
    record Left(RoomId room, PeerId peer, Reason reason) implements Presence {}

    /** Why somebody went: it said so, or its connection was lost. */
    enum Reason {
        LEFT,
        LOST
    }
}
