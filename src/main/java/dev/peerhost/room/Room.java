package dev.peerhost.room;

import dev.peerhost.room.Presence.Joined;
import dev.peerhost.room.Presence.Left;
import dev.peerhost.room.Presence.Reason;
import dev.peerhost.room.Presence.Roster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The peers that are together, and the way from one to another.
 *
 * <p>Members change and presence is delivered under one lock, so that everybody sees the same order of comings and
 * goings. That is safe because {@link Peer#deliver} only puts into a queue.
 */
public final class Room {

    private record Member(Peer peer, PeerInfo info) {}

    private final RoomId id;
    private final int capacity;
    private final Map<PeerId, Member> members = new LinkedHashMap<>();

    Room(RoomId id, int capacity) {
        this.id = id;
        this.capacity = capacity;
    }

    /** The room's name. */
    public RoomId id() {
        return id;
    }

    /**
     * Takes a peer in: it gets the roster, the others hear that it joined.
     *
     * @throws Rejection {@code ALREADY_IN_ROOM}, or {@code ROOM_FULL} for a browser
     */
    public synchronized void join(Peer peer, PeerInfo info) {
        if (members.containsKey(info.id())) {
            throw Rejection.alreadyInRoom(id);
        }
        if (info.kind() == PeerInfo.Kind.BROWSER && browsers() >= capacity) {
            throw Rejection.roomFull(id, capacity);
        }
        List<PeerInfo> present = members.values().stream().map(Member::info).toList();
        peer.deliver(new Roster(id, info.id(), present));
        tellAll(new Joined(id, info));
        members.put(info.id(), new Member(peer, info));
    }

    /**
     * Lets a peer go; the others hear why.
     *
     * @throws Rejection {@code NOT_IN_ROOM}
     */
    public synchronized void leave(PeerId peer, Reason reason) {
        if (members.remove(peer) == null) {
            throw Rejection.notInRoom(id);
        }
        tellAll(new Left(id, peer, reason));
    }

    /**
     * Brings a signal from one member to another.
     *
     * @throws Rejection {@code NOT_IN_ROOM} for a sender who is no member, {@code UNKNOWN_PEER} or
     *     {@code SERVER_PEER_UNAVAILABLE} for a receiver who is none
     */
    public void route(Signal signal) {
        Member sender = member(signal.from(), () -> Rejection.notInRoom(id));
        peer(signal.to()).deliver(signal, sender.peer());
    }

    /**
     * A member, to deliver to.
     *
     * @throws Rejection {@code UNKNOWN_PEER} or {@code SERVER_PEER_UNAVAILABLE}
     */
    public Peer peer(PeerId peer) {
        return member(peer, () -> Rejection.noSuchPeer(id, peer)).peer();
    }

    /** Completes when none of the others holds the place of a peer any more, which is soon when none does. */
    public synchronized CompletableFuture<Void> held(PeerId peer) {
        return CompletableFuture.allOf(members.values().stream()
                .map(member -> member.peer().holds(id, peer))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Whether no browser is left; the server's own peer alone does not keep a room open. */
    synchronized boolean isEmpty() {
        return browsers() == 0;
    }

    private synchronized Member member(PeerId peer, Supplier<Rejection> otherwise) {
        Member member = members.get(peer);
        if (member == null) {
            throw otherwise.get();
        }
        return member;
    }

    /** How many browsers are in it. */
    synchronized long browsers() {
        return members.values().stream()
                .filter(member -> member.info().kind() == PeerInfo.Kind.BROWSER)
                .count();
    }

    private void tellAll(Presence presence) {
        members.values().forEach(member -> member.peer().deliver(presence));
    }
}
