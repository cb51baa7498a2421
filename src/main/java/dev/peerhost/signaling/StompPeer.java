package dev.peerhost.signaling;

import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.RoomMessage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/**
 * A browser, or any STOMP client, as a peer: the id that the server gave it, its subscription, its outbox and the rooms
 * it is in. There is one per session, kept in the session's attributes.
 */
final class StompPeer implements Peer {

    private static final String ATTRIBUTE = StompPeer.class.getName();

    private final PeerId id = PeerId.random();
    private final Frames frames;
    private final Outbox outbox;
    private final @Nullable String address;
    private volatile @Nullable String subscription;
    private long sequence;

    /**
     * Not subscribed yet.
     *
     * @param address where its socket comes from, null when the web server does not know
     */
    StompPeer(Frames frames, Outbox outbox, @Nullable String address) {
        this.frames = frames;
        this.outbox = outbox;
        this.address = address;
    }

    /** The peer of a session, or null before CONNECT. */
    static @Nullable StompPeer find(@Nullable Map<String, Object> sessionAttributes) {
        return sessionAttributes == null ? null : (StompPeer) sessionAttributes.get(ATTRIBUTE);
    }

    /** Makes this the peer of a session. */
    void attach(Map<String, Object> sessionAttributes) {
        sessionAttributes.put(ATTRIBUTE, this);
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public @Nullable String address() {
        return address;
    }

    /** Takes the subscription that all messages go to, and greets on it. */
    void subscribe(String subscriptionId) {
        subscription = subscriptionId;
        outbox.add(frames.welcome(subscriptionId, id));
    }

    /** Gives the subscription up, if it is this one: nothing can be delivered from here on. */
    void unsubscribe(@Nullable String subscriptionId) {
        if (subscriptionId != null && subscriptionId.equals(subscription)) {
            subscription = null;
        }
    }

    /** Whether there is a subscription to answer on. */
    boolean isSubscribed() {
        return subscription != null;
    }

    /** Numbers the message and puts it into the outbox; without a subscription it is dropped, as nobody listens. */
    @Override
    public synchronized void deliver(RoomMessage message) {
        String current = subscription;
        if (current != null) {
            outbox.add(frames.message(current, message, ++sequence));
        }
    }

    /** Confirms a frame that asked for a receipt (STOMP 1.2, "RECEIPT"), after all that it caused. */
    void confirm(String receipt) {
        outbox.add(frames.receipt(receipt));
    }

    /** Ends the session with an ERROR frame, which says why. */
    void fail(String sentence) {
        outbox.add(frames.error(sentence));
        outbox.close(CloseStatus.PROTOCOL_ERROR);
    }

    /** Ends the session in order, once what is in the outbox has gone out. */
    void close() {
        outbox.close(CloseStatus.NORMAL);
    }
}
