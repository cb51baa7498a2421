package dev.peerhost.room;

/** Somebody in a room: a browser behind a socket, or the server's own WebRTC peer. */
public interface Peer {

    /** Who this is, the same in every room for as long as its session lives. */
    PeerId id();

    /**
     * Takes a message for this peer. It only puts the message into a bounded queue of the peer's own: it never blocks,
     * never throws and never calls back into a room, so it may be called while a room's lock is held.
     */
    void deliver(RoomMessage message);
}
