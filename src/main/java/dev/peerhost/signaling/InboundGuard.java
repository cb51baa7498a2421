package dev.peerhost.signaling;

import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

    private static final String LAST_SEQ = "[0-9]{1,18}";

    /** Makes the session of a socket that may connect. */
    interface Admission {

        /**
         * Admits a socket.
         *
         * @param socket its attributes
         * @param resume the token of the peer that the client was before, or null
         * @param lastSeq the number of the last message that it has had, 0 for none
         */
        void admit(Map<String, Object> socket, @Nullable String resume, long lastSeq);
    }

    private final Admission admission;
    private final Places places;

    /** Lets {@code admission} admit each socket that may connect, to one of the {@code places}. */
    InboundGuard(Admission admission, Places places) {
        this.admission = admission;
        this.places = places;
    }

    @Override
    public @Nullable Message<?> preSend(Message<?> message, MessageChannel channel) {
        StompHeaderAccessor frame = MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class);
        if (frame == null || frame.getCommand() == null) {
            return message;
        }
        Map<String, Object> socket = Objects.requireNonNull(frame.getSessionAttributes());
        StompSession session = StompSession.find(socket);
        if (frame.getCommand() == StompCommand.CONNECT || frame.getCommand() == StompCommand.STOMP) {
            connect(frame, socket);
            return message;
        }
        if (session == null) {
            // Spring lets nothing pass before CONNECT but the end of the socket.
            return message;
        }
        if (frame.getCommand() == StompCommand.DISCONNECT) {
            return disconnect(frame, message, session);
        }
        if (!session.peer().speaksThrough(session)) {
            // On its way when another socket took over.
            return null;
        }
        return switch (frame.getCommand()) {
            case SUBSCRIBE -> subscribe(frame, session);
            case SEND -> send(frame, message, session);
            case UNSUBSCRIBE -> unsubscribe(frame, session);
            case ACK, NACK -> confirm(frame, session);
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
            StompSession session = StompSession.find(frame.getSessionAttributes());
            if (session != null) {
                confirm(frame, session);
            }
        }
    }

    private void connect(StompHeaderAccessor frame, Map<String, Object> socket) {
        if (!frame.getAcceptVersion().contains("1.2")) {
            throw new ProtocolViolation("This server speaks STOMP 1.2; send accept-version:1.2.");
        }
        String lastSeq = frame.getFirstNativeHeader("last-seq");
        if (lastSeq != null && !lastSeq.matches(LAST_SEQ)) {
            throw new ProtocolViolation(
                    "last-seq is the \"seq\" of the last message that came: a whole number from 0.");
        }
        admission.admit(socket, frame.getFirstNativeHeader("resume"), lastSeq == null ? 0 : Long.parseLong(lastSeq));
    }

    private static @Nullable Message<?> subscribe(StompHeaderAccessor frame, StompSession session) {
        if (!Frames.DESTINATION.equals(frame.getDestination())) {
            throw new ProtocolViolation("The only destination to subscribe to is " + Frames.DESTINATION + ".");
        }
        if (session.isSubscribed()) {
            throw new ProtocolViolation("This session is subscribed already; one subscription carries all.");
        }
        String id = frame.getSubscriptionId();
        if (id == null || id.isEmpty()) {
            throw new ProtocolViolation("SUBSCRIBE needs an id header (STOMP 1.2).");
        }
        session.subscribe(id);
        return confirm(frame, session);
    }

    private static @Nullable Message<?> unsubscribe(StompHeaderAccessor frame, StompSession session) {
        session.unsubscribe(frame.getSubscriptionId());
        return confirm(frame, session);
    }

    private static @Nullable Message<?> send(StompHeaderAccessor frame, Message<?> message, StompSession session) {
        if (!session.isSubscribed()) {
            throw new ProtocolViolation("SUBSCRIBE to " + Frames.DESTINATION + " before the first SEND.");
        }
        session.peer().counts().received();
        String destination = String.valueOf(frame.getDestination());
        try {
            checkDestination(destination);
            int size = ((byte[]) message.getPayload()).length;
            if (size > BODY_LIMIT) {
                throw Rejection.tooLarge("body", size, BODY_LIMIT);
            }
            return message;
        } catch (Rejection rejection) {
            session.peer()
                    .deliver(rejection.toRejected(
                            destination.substring(0, Math.min(destination.length(), ECHOED_DESTINATION_LIMIT))));
            return confirm(frame, session);
        }
    }

    private @Nullable Message<?> disconnect(StompHeaderAccessor frame, Message<?> message, StompSession session) {
        // Spring also makes one of each socket's end, when the place is lost already.
        boolean byClient = places.left(session);
        if (byClient && frame.getReceipt() == null) {
            // Spring would answer with an ERROR frame; this is no error.
            session.close();
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

    private static @Nullable Message<?> confirm(StompHeaderAccessor frame, StompSession session) {
        String receipt = frame.getReceipt();
        if (receipt != null) {
            session.confirm(receipt);
        }
        return null;
    }
}
