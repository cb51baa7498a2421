package dev.peerhost.signaling;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.Presence;
import dev.peerhost.room.Reconnect;
import dev.peerhost.room.Rejected;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Signal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the frames that the server sends; {@code docs/protocol.md} lists their bodies. */
final class Frames {

    static final String DESTINATION = "/user/queue/room";

    private static final byte[] NO_BODY = new byte[0];

    private final StompEncoder encoder = new StompEncoder();
    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    /** The answer to SUBSCRIBE: who the client is, what proves it, and whether it goes on from where it was. */
    String welcome(String subscription, PeerId self, String token, boolean resumed) {
        ObjectNode body = json.createObjectNode()
                .put("type", "welcome")
                .put("self", self.value())
                .put("resume", token)
                .put("resumed", resumed);
        return message(subscription, "welcome", body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The body of a room's message with its number, counted from 1 for each peer. */
    byte[] body(RoomMessage message, long sequence) {
        return body(message).put("seq", sequence).toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The frame of a body that {@link #body} made. It is what Spring's encoder would write, in a tenth of the time.
     *
     * @param id unique in its session
     */
    String message(String subscription, String id, byte[] body) {
        return "MESSAGE\nsubscription:" + escaped(subscription) + "\nmessage-id:" + id + "\ndestination:" + DESTINATION
                + "\ncontent-type:application/json\ncontent-length:" + body.length + "\n\n"
                + new String(body, StandardCharsets.UTF_8) + '\0';
    }

    /** The answer to a frame with a {@code receipt} header. */
    String receipt(String receipt) {
        StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.RECEIPT);
        headers.setReceiptId(receipt);
        return encode(headers, NO_BODY);
    }

    /** The last frame of a session that cannot go on. */
    String error(String sentence) {
        StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.ERROR);
        headers.setMessage(sentence);
        return encode(headers, sentence.getBytes(StandardCharsets.UTF_8));
    }

    private String encode(StompHeaderAccessor headers, byte[] body) {
        return new String(encoder.encode(headers.getMessageHeaders(), body), StandardCharsets.UTF_8);
    }

    /** As in a header (STOMP 1.2, "Value Encoding"). */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace(":", "\\c");
    }

    private ObjectNode body(RoomMessage message) {
        return switch (message) {
            case Signal.Offer offer -> signal("offer", offer).put("sdp", offer.sdp());
            case Signal.Answer answer -> signal("answer", answer).put("sdp", answer.sdp());
            case Signal.Candidate candidate ->
                signal("candidate", candidate).set("candidate", candidate(candidate.candidate()));
            case Presence.Roster roster -> {
                ObjectNode body =
                        presence("roster", roster).put("self", roster.self().value());
                ArrayNode peers = body.putArray("peers");
                roster.peers().forEach(present -> peers.add(peer(present)));
                yield body;
            }
            case Presence.Joined joined -> presence("joined", joined).set("peer", peer(joined.peer()));
            case Presence.Left left ->
                presence("left", left).put("peer", left.peer().value()).put("reason", lowerCase(left.reason()));
            case Reconnect reconnect ->
                json.createObjectNode()
                        .put("type", "reconnect")
                        .put("room", reconnect.room().value())
                        .put("from", reconnect.from().value())
                        .put("within", reconnect.within().toMillis());
            case Rejected rejected ->
                json.createObjectNode()
                        .put("type", "rejected")
                        .put("code", rejected.code().name())
                        .put("message", rejected.message())
                        .put("destination", rejected.destination());
        };
    }

    private ObjectNode signal(String type, Signal signal) {
        return json.createObjectNode()
                .put("type", type)
                .put("room", signal.room().value())
                .put("from", signal.from().value());
    }

    private ObjectNode presence(String type, Presence presence) {
        return json.createObjectNode()
                .put("type", type)
                .put("room", presence.room().value());
    }

    private ObjectNode peer(PeerInfo peer) {
        return json.createObjectNode()
                .put("id", peer.id().value())
                .put("name", peer.name())
                .put("kind", lowerCase(peer.kind()));
    }

    private @Nullable ObjectNode candidate(@Nullable IceCandidate candidate) {
        if (candidate == null) {
            return null;
        }
        ObjectNode body =
                json.createObjectNode().put("candidate", candidate.candidate()).put("sdpMid", candidate.sdpMid());
        // Browsers take a missing member as null; what the sender left out stays out.
        if (candidate.sdpMLineIndex() != null) {
            body.put("sdpMLineIndex", candidate.sdpMLineIndex());
        }
        if (candidate.usernameFragment() != null) {
            body.put("usernameFragment", candidate.usernameFragment());
        }
        return body;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
