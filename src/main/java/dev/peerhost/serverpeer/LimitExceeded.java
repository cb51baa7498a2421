package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;

/** Somebody wants more of the server's own peer than a {@link Limit} allows; nothing is wrong with what was sent. */
final class LimitExceeded extends RuntimeException {

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

    Limit limit() {
        return limit;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /** As signaling tells it. */
    Rejection toRejection() {
        return Rejection.serverPeerUnavailable(sentence());
    }
}
