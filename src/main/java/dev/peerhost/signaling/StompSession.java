package dev.peerhost.signaling;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.CloseStatus;

/**
 * One socket from CONNECT on: the peer that it speaks for, its subscription and its outbox. It is kept in the socket's
 * attributes. A peer has one session at a time; a socket that another one took over speaks for nobody.
 */
final class StompSession {

    /** {@code seen} of a session whose peer is new. */
    static final long NOTHING_BEFORE = -1;

    private static final String ATTRIBUTE = StompSession.class.getName();
    private static final CloseStatus TAKEN_OVER =
            CloseStatus.POLICY_VIOLATION.withReason("Another socket goes on for this peer.");

    private final StompPeer peer;
    private final Frames frames;
    private final Outbox outbox;
    private final long seen;
    private final @Nullable String address;
    private volatile @Nullable String subscription;
    private boolean greeted;

    /**
     * A session of {@code peer}.
     *
     * @param seen the number of the last message that the client has had, or {@link #NOTHING_BEFORE}
     */
    StompSession(StompPeer peer, Frames frames, Outbox outbox, long seen) {
        this.peer = peer;
        this.frames = frames;
        this.outbox = outbox;
        this.seen = seen;
        this.address = outbox.address();
    }

    /** The session of a socket, or null before CONNECT. */
    static @Nullable StompSession find(@Nullable Map<String, Object> socketAttributes) {
        return socketAttributes == null ? null : (StompSession) socketAttributes.get(ATTRIBUTE);
    }

    /** Makes this the session of a socket. */
    void attach(Map<String, Object> socketAttributes) {
        socketAttributes.put(ATTRIBUTE, this);
    }

    StompPeer peer() {
        return peer;
    }

    /** The address that its socket comes from, null when the web server does not know. */
    @Nullable
    String address() {
        return address;
    }

    /** The number of the last message that the client had when it connected. */
    long seen() {
        return seen;
    }

    /** Takes the subscription that all messages go to, and greets on it. */
    void subscribe(String subscriptionId) {
        subscription = subscriptionId;
        boolean resumed = seen != NOTHING_BEFORE && !greeted;
        greeted = true;
        if (!peer.greet(this, resumed)) {
            fail("More has come for you than is kept; connect again.");
        }
    }

    /** Gives the subscription up, if it is this one: nothing can be delivered from here on. */
    void unsubscribe(@Nullable String subscriptionId) {
        if (subscriptionId != null && subscriptionId.equals(subscription)) {
            subscription = null;
            peer.ignore(this);
        }
    }

    /** Whether it can SEND: it is subscribed, and its peer's. */
    boolean speaks() {
        return isSubscribed() && peer.speaksThrough(this);
    }

    /** Whether there is a subscription to answer on. */
    boolean isSubscribed() {
        return subscription != null;
    }

    /** Writes the peer's greeting; dropped without a subscription. */
    void welcome(String token, boolean resumed) {
        String current = subscription;
        if (current != null) {
            outbox.add(frames.welcome(current, peer.id(), token, resumed));
        }
    }

    /** Writes a message with its number; dropped without a subscription. */
    void message(long sequence, byte[] body) {
        String current = subscription;
        if (current != null) {
            outbox.add(frames.message(current, Long.toString(sequence), body));
        }
    }

    /** Confirms a frame that asked for a receipt (STOMP 1.2, "RECEIPT"), after all that it caused. */
    void confirm(String receipt) {
        outbox.add(frames.receipt(receipt));
    }

    /** Ends the session with an ERROR frame, which says why. */
    void fail(String sentence) {
        peer.counts().failed();
        outbox.add(frames.error(sentence));
        outbox.close(CloseStatus.PROTOCOL_ERROR);
    }

    /** Ends the session in order, once what is in the outbox has gone out. */
    void close() {
        outbox.close(CloseStatus.NORMAL);
    }

    /** Ends the session at once, as another socket speaks for the peer now. */
    void cut() {
        outbox.cut(TAKEN_OVER);
    }
}
