package dev.peerhost.signaling;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.ChannelInterceptor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/**
 * Sees every frame that Spring reads before anybody else there, and lets through what the protocol allows; a SEND goes to
 * the rooms. What it refuses it answers with an ERROR, since Spring would stay silent.
 */
final class InboundGuard implements ChannelInterceptor {

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
    private final RoomController controller;

    /** Lets {@code admission} admit each socket that may connect, to one of the {@code places}. */
    InboundGuard(Admission admission, Places places, RoomController controller) {
        this.admission = admission;
        this.places = places;
        this.controller = controller;
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

    private @Nullable Message<?> send(StompHeaderAccessor frame, Message<?> message, StompSession session) {
        if (!session.isSubscribed()) {
            throw new ProtocolViolation("SUBSCRIBE to " + Frames.DESTINATION + " before the first SEND.");
        }
        controller.handle(
                session,
                String.valueOf(frame.getDestination()),
                new String((byte[]) message.getPayload(), StandardCharsets.UTF_8));
        // What it caused stands in the outbox by now.
        return confirm(frame, session);
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

    private static @Nullable Message<?> confirm(StompHeaderAccessor frame, StompSession session) {
        String receipt = frame.getReceipt();
        if (receipt != null) {
            session.confirm(receipt);
        }
        return null;
    }
}
