package dev.peerhost.serverpeer.limit;

import dev.peerhost.room.Rejection;

/** Somebody wants more of the server's own peer than a {@link Limit} allows; nothing is wrong with what was sent. */
public final class LimitExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Limit limit;

    /**
     * For one request.
     *
     * @param sentence what there is too much of, and what to do
     */
    LimitExceeded(Limit limit, String sentence) {
        // No stack trace: this is an answer to a client, not a fault of ours.
        super(sentence, null, false, false);
        this.limit = limit;
    }

    public Limit limit() {
        return limit;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** As signaling tells it. */
    public Rejection toRejection() {
        return Rejection.serverPeerUnavailable(sentence());
    }
}
