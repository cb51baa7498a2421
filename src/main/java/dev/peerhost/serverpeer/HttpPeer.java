package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whoever posts an offer and waits for the answer.
 *
 * @param answer our SDP with candidates in it, or the {@link Rejection}
 */
record HttpPeer(CompletableFuture<String> answer) implements RemotePeer {

    @Override
    public boolean trickles() {
        return false;
    }

    @Override
    public void answer(String sdp) {
        answer.complete(sdp);
    }

    @Override
    public void candidate(@Nullable IceCandidate candidate) {
        throw new IllegalStateException("an HTTP peer does not trickle");
    }

    @Override
    public void reject(Rejection rejection) {
        answer.completeExceptionally(rejection);
    }

    /** When nobody waits any more. */
    @Override
    public boolean isGone() {
        return answer.isCompletedExceptionally();
    }
}
