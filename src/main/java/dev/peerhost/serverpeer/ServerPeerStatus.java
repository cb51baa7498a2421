package dev.peerhost.serverpeer;

import org.jspecify.annotations.Nullable;

/**
 * Whether the server's own peer can take part. What this machine lacks is known at start; that the WebRTC library does not
 * load all the same shows with the first connection.
 */
public final class ServerPeerStatus {

    private final @Nullable String atStart;

    /** A status, with what keeps the peer away from the start on. */
    ServerPeerStatus(@Nullable String atStart) {
        this.atStart = atStart;
    }

    /** Why it cannot take part and what to do about it, one sentence for people, or null when it can. */
    public @Nullable String reason() {
        return atStart != null ? atStart : NativeLibrary.failure();
    }

    /** Whether it is in every room's roster and answers offers. */
    public boolean available() {
        return reason() == null;
    }
}
