package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.Room;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Signal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A browser in a room: answers take the same road back that its offer came. */
record RoomBrowser(Room room, PeerId id) implements RemotePeer {

    private static final Logger log = LoggerFactory.getLogger(RoomBrowser.class);

    @Override
    public boolean trickles() {
        return true;
    }

    @Override
    public void answer(String sdp) {
        deliver(new Signal.Answer(room.id(), PeerId.SERVER, id, sdp));
    }

    @Override
    public void candidate(@Nullable IceCandidate candidate) {
        deliver(new Signal.Candidate(room.id(), PeerId.SERVER, id, candidate));
    }

    @Override
    public void reject(Rejection rejection) {
        reject(rejection, "offer");
    }

    @Override
    public void rejectCandidate(Rejection rejection) {
        reject(rejection, "candidate");
    }

    /** Refuses what the browser sent to the room's destination of that name. */
    void reject(Rejection rejection, String destination) {
        deliver(rejection.toRejected("/app/rooms/%s/%s".formatted(room.id(), destination)));
    }

    @Override
    public boolean isGone() {
        try {
            room.peer(id);
            return false;
        } catch (Rejection gone) {
            return true;
        }
    }

    private void deliver(RoomMessage message) {
        try {
            room.peer(id).deliver(message);
        } catch (Rejection gone) {
            log.debug("Dropped a message for peer {}, which has left room {}", id, room.id());
        }
    }
}
