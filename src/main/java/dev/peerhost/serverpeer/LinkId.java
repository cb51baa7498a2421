package dev.peerhost.serverpeer;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Whom a link leads to, and by which connection.
 *
 * @param peer the id of the peer
 * @param room the room that it reached us through, or null when it came over HTTP
 * @param connection a number that no other connection of this process has, 0 before there is one
 * @param start when that connection was made, as {@link System#nanoTime} counts
 */
record LinkId(String peer, @Nullable String room, long connection, long start) {

    private static final AtomicLong LAST = new AtomicLong();

    /** Before there is a connection. */
    LinkId(String peer, @Nullable String room) {
        this(peer, room, 0, 0);
    }

    /** The same with a connection that is made next. */
    LinkId next() {
        return new LinkId(peer, room, LAST.incrementAndGet(), System.nanoTime());
    }

    /** As it stands in the log. */
    @Override
    public String toString() {
        String way = room == null ? "(HTTP)" : "in room " + room;
        return connection == 0
                ? "peer %s %s".formatted(peer, way)
                : "connection %d of peer %s %s".formatted(connection, peer, way);
    }
}
