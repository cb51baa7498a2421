package dev.peerhost.room;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody in a room: a browser behind a socket, or the server's own WebRTC peer. */
public interface Peer {

    /** Who this is, the same in every room for as long as its session lives. */
    PeerId id();

    /**
     * Takes a message for this peer. It only puts the message into a bounded queue of the peer's own: it never blocks,
     * never throws and never calls back into a room, so it may be called while a room's lock is held.
     */
    void deliver(RoomMessage message);

    /** Takes a signal under the same conditions, from the peer that sent it; most need not know more than its id. */
    default void deliver(Signal signal, Peer sender) {
        deliver(signal);
    }

    /**
     * What keeps another peer's place in a room, should that one lose its way to the server: a connection between the two,
     * which knows better than the socket whether somebody is there. It completes when that has ended, at once without any.
     */
    default CompletableFuture<Void> holds(RoomId room, PeerId other) {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * The address that it came from, as the web server knows it, or null for a peer in this process. It is there to count
     * by and is never told to other peers.
     */
    default @Nullable String address() {
        return null;
    }
}
