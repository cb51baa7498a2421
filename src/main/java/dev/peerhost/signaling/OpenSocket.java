package dev.peerhost.signaling;

import java.util.Map;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * One WebSocket as Spring's STOMP support sees it: what that sends goes through the outbox as everything else does, and so
 * does a close. It is kept in the socket's attributes, with what else belongs to the socket.
 */
final class OpenSocket extends WebSocketSessionDecorator {

    private static final String ATTRIBUTE = OpenSocket.class.getName();

    /** How much later than a frame its broker may hear of it, by which it tells whether a client is silent. */
    private static final long BROKER_HEARS_WITHIN_NS = 500_000_000;

    private final Outbox outbox;
    private final FrameReader reader = new FrameReader(SignalingConfiguration.FRAME_LIMIT);
    private final Future<?> deadline;
    private boolean refused;
    private long brokerHeard;

    /**
     * Is to be found in the attributes from here on.
     *
     * @param deadline what happens without CONNECT
     */
    OpenSocket(WebSocketSession socket, Outbox outbox, Future<?> deadline) {
        super(socket);
        this.outbox = outbox;
        this.deadline = deadline;
        socket.getAttributes().put(ATTRIBUTE, this);
    }

    /** The one with these attributes, null once it has ended. */
    static @Nullable OpenSocket find(Map<String, Object> attributes) {
        return (OpenSocket) attributes.get(ATTRIBUTE);
    }

    /** Forgets it, as it has ended; false when it had before. */
    boolean ended() {
        deadline.cancel(false);
        return getAttributes().remove(ATTRIBUTE) != null;
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether no frame is begun. */
    boolean isBetweenFrames() {
        return reader.isBetweenFrames();
    }

    /** Gives the frames that are whole with this piece; none after what {@link #refuse} was said of. */
    void read(String piece, FrameReader.Receiver receiver) throws Exception {
        if (!refused) {
            reader.read(piece, receiver);
        }
    }

    /** Ends the socket, with a last frame that says why. */
    void refuse(String lastFrame) {
        refused = true;
        outbox.add(lastFrame);
        outbox.close(CloseStatus.PROTOCOL_ERROR);
    }

    /** The broker hears of a frame now. */
    void brokerHears() {
        brokerHeard = System.nanoTime();
    }

    /** Whether the broker has not heard of anything for a while. */
    boolean isBrokerToHear() {
        return System.nanoTime() - brokerHeard > BROKER_HEARS_WITHIN_NS;
    }

    @Override
    public void sendMessage(WebSocketMessage<?> message) {
        outbox.add(String.valueOf(message.getPayload()));
    }

    @Override
    public void close() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void close(CloseStatus status) {
        outbox.close(status);
    }

    /** Spring's STOMP handler asks for 16 KiB a session, which partial messages make needless. */
    @Override
    public void setTextMessageSizeLimit(int limit) {}
}
