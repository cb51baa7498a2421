package dev.peerhost.signaling;

import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.Rooms;
import dev.peerhost.room.Signal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.stereotype.Controller;

/** What a client can do in a room. The server stamps the sender: what a body says of it is never read. */
@Controller
@MessageMapping("/rooms/{room}")
class RoomController {

    private static final Logger log = LoggerFactory.getLogger(RoomController.class);

    private final Rooms rooms;

    RoomController(Rooms rooms) {
        this.rooms = rooms;
    }

    @MessageMapping("join")
    void join(@DestinationVariable RoomId room, Attendance attendance, ClientBody body) {
        attendance.join(room, body.name());
    }

    @MessageMapping("leave")
    void leave(@DestinationVariable RoomId room, Attendance attendance) {
        attendance.leave(room);
    }

    @MessageMapping("offer")
    void offer(@DestinationVariable RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Offer(room, from.id(), body.to(), body.sdp()));
    }

    @MessageMapping("answer")
    void answer(@DestinationVariable RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Answer(room, from.id(), body.to(), body.sdp()));
    }

    @MessageMapping("candidate")
    void candidate(@DestinationVariable RoomId room, StompPeer from, ClientBody body) {
        rooms.require(room).route(new Signal.Candidate(room, from.id(), body.to(), body.candidate()));
    }

    @MessageExceptionHandler
    void rejected(Rejection rejection, StompPeer peer, SimpMessageHeaderAccessor headers) {
        peer.deliver(rejection.toRejected(String.valueOf(headers.getDestination())));
    }

    /** A fault of ours: logged once with who met it, and the session ends rather than go on half-heard. */
    @MessageExceptionHandler
    void failed(Exception fault, StompSession session, SimpMessageHeaderAccessor headers) {
        log.error("Peer {} met a fault of the server at {}", session.peer().id(), headers.getDestination(), fault);
        session.fail("The server failed on this message and has logged why; connect again.");
    }
}
