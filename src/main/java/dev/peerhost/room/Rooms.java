package dev.peerhost.room;

import dev.peerhost.room.Presence.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rooms that are open. A room opens with its first join and closes with its last browser's leave; there can be as
 * many as sessions have joined, and a session's rooms are limited where it is kept.
 */
public final class Rooms {

    private final int capacity;
    private final List<RoomListener> listeners;
    private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();

    /**
     * No rooms yet.
     *
     * @param capacity how many browsers a room holds, at least 1
     * @param listeners told of each room, in this order
     */
    public Rooms(int capacity, List<RoomListener> listeners) {
        this.capacity = capacity;
        this.listeners = List.copyOf(listeners);
    }

    /**
     * Brings a peer into a room, which opens if need be.
     *
     * @throws Rejection as {@link Room#join}
     */
    public void join(RoomId id, Peer peer, PeerInfo info) {
        // The map's own per-key exclusion: nobody joins a room that is being closed.
        rooms.compute(id, (key, open) -> {
            Room room = open != null ? open : open(key);
            room.join(peer, info);
            return room;
        });
    }

    /**
     * Takes a peer out of a room, which closes if it was the last browser.
     *
     * @throws Rejection {@code NOT_IN_ROOM}
     */
    public void leave(RoomId id, PeerId peer, Reason reason) {
        rooms.compute(id, (key, room) -> {
            if (room == null) {
                throw Rejection.notInRoom(id);
            }
            room.leave(peer, reason);
            return room.isEmpty() ? close(room) : room;
        });
    }

    /**
     * An open room.
     *
     * @throws Rejection {@code NOT_IN_ROOM}, since nobody can be in a room that is not open
     */
    public Room require(RoomId id) {
        Room room = rooms.get(id);
        if (room == null) {
            throw Rejection.notInRoom(id);
        }
        return room;
    }

    /** How many rooms are open. */
    public int size() {
        return rooms.size();
    }

    /** How many browsers are in them; one that is in several counts in each. */
    long browsers() {
        return rooms.values().stream().mapToLong(Room::browsers).sum();
    }

    private Room open(RoomId id) {
        Room room = new Room(id, capacity);
        listeners.forEach(listener -> listener.opened(room));
        return room;
    }

    private @Nullable Room close(Room room) {
        listeners.forEach(listener -> listener.closed(room));
        return null;
    }
}
