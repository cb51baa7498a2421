package dev.peerhost.serverpeer;

import org.jspecify.annotations.Nullable;

/**
 * Whom a link leads to.
 *
 * @param peer the id of the peer
 * @param room the room that it reached us through, or null when it came over HTTP
 */
record LinkId(String peer, @Nullable String room) {

    /** As it stands in the log. */
    @Override
    public String toString() {
        return room == null ? "peer %s (HTTP)".formatted(peer) : "peer %s in room %s".formatted(peer, room);
    }
}
