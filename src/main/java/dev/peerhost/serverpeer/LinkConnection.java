package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The native connection that a link has, at most one at a time: the one that its last answered offer came from. Belongs
 * to the operations of the link, but for what may be asked.
 */
final class LinkConnection {

    private final PeerLink link;
    private final Generations generations;
    private final Channels channels;
    private final LinkLimits limits;
    private final Lifetime lifetime;
    private volatile LinkId id;
    private volatile @Nullable NativeConnection current;
    private CompletableFuture<Void> disposed = CompletableFuture.completedFuture(null);

    /** None yet. */
    LinkConnection(
            LinkId id,
            PeerLink link,
            Generations generations,
            Channels channels,
            LinkLimits limits,
            Lifetime lifetime) {
        this.id = id;
        this.link = link;
        this.generations = generations;
        this.channels = channels;
        this.limits = limits;
        this.lifetime = lifetime;
    }

    /** Whom the link leads to, and by which connection; asked from anywhere. */
    LinkId id() {
        return id;
    }

    /** The one that there is; asked from anywhere. */
    @Nullable
    NativeConnection get() {
        return current;
    }

    /**
     * Answers an offer on the connection that it continues, or on a new one that takes the place of the one that there is.
     *
     * @param withCandidates whether candidates of ours must be in the answer
     * @return our SDP
     * @throws Rejection when the offer is not taken; the connection that there is stays as it was
     */
    String answer(RemoteOffer offer, boolean withCandidates) throws InterruptedException {
        NativeConnection before = current;
        if (before != null && before.continuesWith(offer)) {
            return before.answer(offer, withCandidates);
        }
        LinkId idBefore = id;
        id = id.next();
        Quota quota = limits.quota();
        NativeConnection fresh = new NativeConnection(link, generations, channels, quota, offer);
        try {
            String answer = fresh.answer(offer, withCandidates);
            close(true);
            current = fresh;
            lifetime.begin();
            limits.begin(quota);
            return answer;
        } finally {
            if (!fresh.equals(current)) {
                id = idBefore;
                dispose(fresh, false);
            }
        }
    }

    /** Closes the one that there is, if any, and what outlived the one before. */
    void close() {
        close(false);
        channels.endpoints().forget(id);
    }

    /** Completes when every native object of those that were closed is disposed of. */
    CompletableFuture<Void> disposed() {
        return disposed;
    }

    private void close(boolean replaced) {
        NativeConnection last = current;
        if (last != null) {
            current = null;
            dispose(last, replaced);
        }
    }

    private void dispose(NativeConnection last, boolean replaced) {
        disposed = CompletableFuture.allOf(disposed, last.close(replaced));
    }
}
