package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The native connection that a link has, at most one at a time. Only the link's operations change which. */
final class LinkConnection {

    private volatile @Nullable NativeConnection current;
    private CompletableFuture<Void> disposed = CompletableFuture.completedFuture(null);

    /** The one that there is, from whatever thread. */
    @Nullable
    NativeConnection get() {
        return current;
    }

    /**
     * Has a new one answer its first offer, and puts it in the place of the one that there is. Not before: an offer that
     * is refused must not cost what stands.
     *
     * @return our SDP
     * @throws Rejection when the offer is not taken; then the new one is closed, and the other as it was
     */
    String replace(NativeConnection fresh, RemoteOffer offer, boolean withCandidates) throws InterruptedException {
        try {
            String answer = fresh.answer(offer, withCandidates);
            drop();
            current = fresh;
            return answer;
        } finally {
            if (!fresh.equals(current)) {
                close(fresh);
            }
        }
    }

    /** Closes the one that there is, if any. */
    void drop() {
        NativeConnection last = current;
        if (last != null) {
            close(last);
            current = null;
        }
    }

    private void close(NativeConnection old) {
        disposed = CompletableFuture.allOf(disposed, old.close());
    }

    /** Completes when every native object of those that were dropped is disposed of. */
    CompletableFuture<Void> disposed() {
        return disposed;
    }
}
