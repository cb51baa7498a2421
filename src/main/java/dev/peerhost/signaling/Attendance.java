package dev.peerhost.signaling;

import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.Presence.Reason;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.Rooms;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The rooms that one peer is in. Its lock makes the end final: a join that is under way then cannot leave a ghost behind. */
final class Attendance {

    private final Rooms rooms;
    private final Peer peer;
    private final int limit;
    private final Set<RoomId> joined = new LinkedHashSet<>();
    private boolean ended;

    Attendance(Rooms rooms, Peer peer, int limit) {
        this.rooms = rooms;
        this.peer = peer;
        this.limit = limit;
    }

    /**
     * Joins a room.
     *
     * @throws Rejection {@code TOO_MANY_ROOMS}, or as {@link Rooms#join}
     */
    synchronized void join(RoomId room, @Nullable String name) {
        if (ended) {
            return;
        }
        if (joined.size() >= limit && !joined.contains(room)) {
            throw Rejection.tooManyRooms(limit);
        }
        rooms.join(room, peer, new PeerInfo(peer.id(), name, PeerInfo.Kind.BROWSER));
        joined.add(room);
    }

    /**
     * Leaves a room.
     *
     * @throws Rejection {@code NOT_IN_ROOM}
     */
    synchronized void leave(RoomId room) {
        rooms.leave(room, peer.id(), Reason.LEFT);
        joined.remove(room);
    }

    /** Completes when nobody in any of the rooms holds its place there any more. */
    synchronized CompletableFuture<Void> held() {
        return CompletableFuture.allOf(
                joined.stream().map(room -> rooms.require(room).held(peer.id())).toArray(CompletableFuture<?>[]::new));
    }

    /** Leaves all rooms for good. */
    synchronized void end(Reason reason) {
        ended = true;
        joined.forEach(room -> rooms.leave(room, peer.id(), reason));
        joined.clear();
    }
}
