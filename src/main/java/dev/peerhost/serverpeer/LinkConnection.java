package dev.peerhost.serverpeer;

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

    /** There is one now, and was none before. */
    void set(NativeConnection fresh) {
        current = fresh;
    }

    /** Closes the one that there is, if any. */
    void drop() {
        NativeConnection last = current;
        if (last != null) {
            disposed = CompletableFuture.allOf(disposed, last.close());
            current = null;
        }
    }

    /** Completes when every native object of those that were dropped is disposed of. */
    CompletableFuture<Void> disposed() {
        return disposed;
    }
}
