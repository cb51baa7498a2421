package dev.peerhost.serverpeer;

import org.jspecify.annotations.Nullable;

/**
 * Whether the server's own peer can take part; decided once, at start.
 *
 * @param reason why not and what to do about it, one sentence for people, or null when it can
 */
public record ServerPeerStatus(@Nullable String reason) {

    /** Whether it is in every room's roster and answers offers. */
    public boolean available() {
        return reason == null;
    }
}
