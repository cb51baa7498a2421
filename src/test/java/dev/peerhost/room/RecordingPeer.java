package dev.peerhost.room;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A peer that keeps what it was given, in order. */
public final class RecordingPeer implements Peer {

    private final PeerId id;
    private final List<RoomMessage> received = new CopyOnWriteArrayList<>();

    /** A peer with an id of its own choice. */
    public RecordingPeer(String id) {
        this.id = new PeerId(id);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public void deliver(RoomMessage message) {
        received.add(message);
    }

    /** Everything that was delivered so far. */
    public List<RoomMessage> received() {
        return List.copyOf(received);
    }

    /** What others are told of it. */
    public PeerInfo info() {
        return new PeerInfo(id, null, PeerInfo.Kind.BROWSER);
    }
}
