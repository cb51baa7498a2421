package dev.peerhost.signaling;

import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.Rooms;
import dev.peerhost.room.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client can do in a room, a method each. The server stamps the sender: what a body says of it is never read.
 * Spring would find and call such methods by annotations, which takes several times as long as what they do.
 */
final class RoomController {

    /** The largest body of a SEND, in bytes. */
    static final int BODY_LIMIT = 64 * 1024;

    private static final String ROOMS = "/app/rooms/";
    private static final int ECHOED_DESTINATION_LIMIT = 256;
    private static final Logger log = LoggerFactory.getLogger(RoomController.class);

    private final Rooms rooms;
    private final JsonMapper json;

    RoomController(Rooms rooms, JsonMapper json) {
        this.rooms = rooms;
        this.json = json;
    }

    /** Does what a SEND asks for. Its sender is told why if it is refused; nothing is thrown. */
    void handle(StompSession session, String destination, String body) {
        StompPeer peer = session.peer();
        peer.counts().received();
        try {
            int verb = destination.lastIndexOf('/') + 1;
            if (!destination.startsWith(ROOMS)
                    || verb <= ROOMS.length()
                    || destination.indexOf('/', ROOMS.length()) != verb - 1) {
                throw Rejection.unknownDestination();
            }
            String room = destination.substring(ROOMS.length(), verb - 1);
            switch (destination.substring(verb)) {
                case "join" -> join(new RoomId(room), peer, parse(body));
                case "leave" -> leave(new RoomId(room), peer, body);
                case "offer" -> offer(new RoomId(room), peer, parse(body));
                case "answer" -> answer(new RoomId(room), peer, parse(body));
                case "candidate" -> candidate(new RoomId(room), peer, parse(body));
                default -> throw Rejection.unknownDestination();
            }
        } catch (Rejection rejection) {
            peer.deliver(rejection.toRejected(
                    destination.substring(0, Math.min(destination.length(), ECHOED_DESTINATION_LIMIT))));
        } catch (RuntimeException fault) {
            // A fault of ours: logged once with who met it, and the session ends rather than go on half-heard.
            log.error("Peer {} met a fault of the server at {}", peer.id(), destination, fault);
            session.fail("The server failed on this message and has logged why; connect again.");
        }
    }

    private static void join(RoomId room, StompPeer peer, ClientBody body) {
        peer.attendance().join(room, body.name());
    }

    private static void leave(RoomId room, StompPeer peer, String body) {
        ClientBody.requireAtMost(body, "body", BODY_LIMIT);
        peer.attendance().leave(room);
    }

    private void offer(RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Offer(room, from.id(), body.to(), body.sdp()));
    }

    private void answer(RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Answer(room, from.id(), body.to(), body.sdp()));
    }

    private void candidate(RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Candidate(room, from.id(), body.to(), body.candidate()));
    }

    private ClientBody parse(String body) {
        ClientBody.requireAtMost(body, "body", BODY_LIMIT);
        return ClientBody.parse(body, json);
    }
}
