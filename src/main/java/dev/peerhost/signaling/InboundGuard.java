package dev.peerhost.signaling;

import dev.peerhost.room.Presence.Reason;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Sees every frame before anybody else and lets through what the protocol allows. What it refuses it answers itself,
 * since Spring would stay silent: a SEND with {@code rejected}, any other frame with an ERROR.
 */
final class InboundGuard implements ChannelInterceptor {

    /** The largest body of a SEND, in bytes. */
    static final int BODY_LIMIT = 64 * 1024;

    private static final String ROOMS = "/app/rooms/";
    private static final Set<String> VERBS = Set.of("join", "leave", "offer", "answer", "candidate");
    private static final int ECHOED_DESTINATION_LIMIT = 256;

    private final Consumer<Map<String, Object>> admission;

    /** Calls {@code admission} with the attributes of each session that may connect, to make its peer. */
    InboundGuard(Consumer<Map<String, Object>> admission) {
        this.admission = admission;
    }

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        if (frame == null || frame.getCommand() == null) {
            return message;
        }
        Map<String, Object> session = Objects.requireNonNull(frame.getSessionAttributes());
        StompPeer peer = StompPeer.find(session);
        if (frame.getCommand() == StompCommand.CONNECT || frame.getCommand() == StompCommand.STOMP) {
            connect(frame, session);
            return message;
        }
        if (peer == null) {
            // Spring lets nothing pass before CONNECT but the end of the socket.
            return message;
        }
        return switch (frame.getCommand()) {
            case SUBSCRIBE -> subscribe(frame, peer);
            case SEND -> send(frame, message, peer);
            case UNSUBSCRIBE -> unsubscribe(frame, peer);
            case DISCONNECT -> disconnect(frame, message, session, peer);
            case ACK, NACK -> confirm(frame, peer);
            default ->
                throw new ProtocolViolation(
                        "%s is not supported here; use SUBSCRIBE, SEND and DISCONNECT.".formatted(frame.getCommand()));
        };
    }

    /** With the frame handled on this thread, everything that it caused stands in the outbox by now. */
    @Override
    public void afterSendCompletion(
            Message<?> message, MessageChannel channel, boolean sent, @Nullable Exception exception) {
        StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        if (exception == null && frame != null && frame.getCommand() == StompCommand.SEND) {
            StompPeer peer = StompPeer.find(frame.getSessionAttributes());
            if (peer != null) {
                confirm(frame, peer);
            }
        }
    }

    private void connect(StompHeaderAccessor frame, Map<String, Object> session) {
        if (!frame.getAcceptVersion().contains("1.2")) {
            throw new ProtocolViolation("This server speaks STOMP 1.2; send accept-version:1.2.");
        }
        admission.accept(session);
    }

    private static @Nullable Message<?> subscribe(StompHeaderAccessor frame, StompPeer peer) {
        if (!Frames.DESTINATION.equals(frame.getDestination())) {
            throw new ProtocolViolation("The only destination to subscribe to is " + Frames.DESTINATION + ".");
        }
        if (peer.isSubscribed()) {
            throw new ProtocolViolation("This session is subscribed already; one subscription carries all.");
        }
        String id = frame.getSubscriptionId();
        if (id == null || id.isEmpty()) {
            throw new ProtocolViolation("SUBSCRIBE needs an id header (STOMP 1.2).");
        }
        peer.subscribe(id);
        return confirm(frame, peer);
    }

    private static @Nullable Message<?> unsubscribe(StompHeaderAccessor frame, StompPeer peer) {
        peer.unsubscribe(frame.getSubscriptionId());
        return confirm(frame, peer);
    }

    private static @Nullable Message<?> send(StompHeaderAccessor frame, Message<?> message, StompPeer peer) {
        if (!peer.isSubscribed()) {
            throw new ProtocolViolation("SUBSCRIBE to " + Frames.DESTINATION + " before the first SEND.");
        }
        peer.received();
        String destination = String.valueOf(frame.getDestination());
        try {
            checkDestination(destination);
            int size = ((byte[]) message.getPayload()).length;
            if (size > BODY_LIMIT) {
                throw Rejection.tooLarge("body", size, BODY_LIMIT);
            }
            return message;
        } catch (Rejection rejection) {
            peer.deliver(rejection.toRejected(
                    destination.substring(0, Math.min(destination.length(), ECHOED_DESTINATION_LIMIT))));
            return confirm(frame, peer);
        }
    }

    private static @Nullable Message<?> disconnect(
            StompHeaderAccessor frame, Message<?> message, Map<String, Object> session, StompPeer peer) {
        Attendance attendance = Attendance.find(session);
        boolean byClient = attendance != null && attendance.end(Reason.LEFT);
        if (byClient && frame.getReceipt() == null) {
            // Spring would answer with an ERROR frame; this is no error.
            peer.close();
            return null;
        }
        return message;
    }

    private static void checkDestination(String destination) {
        int slash = destination.lastIndexOf('/');
        if (!destination.startsWith(ROOMS)
                || slash < ROOMS.length()
                || !VERBS.contains(destination.substring(slash + 1))
                || destination.indexOf('/', ROOMS.length()) != slash) {
            throw Rejection.unknownDestination();
        }
        new RoomId(destination.substring(ROOMS.length(), slash));
    }

    private static @Nullable Message<?> confirm(StompHeaderAccessor frame, StompPeer peer) {
        String receipt = frame.getReceipt();
        if (receipt != null) {
            peer.confirm(receipt);
        }
        return null;
    }
}
