package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import java.time.Duration;

/**
 * A native connection as it is made, before any offer, and the only class that closes native connections.
 *
 * @param callbacks what it reports to, and they to nobody as yet
 * @param made when, as {@link System#nanoTime} counts
 */
record Prepared(RTCPeerConnection connection, NativeCallbacks callbacks, long made) {

    /** Its certificate is good for 30 days, and must be so for as long as a connection may last. */
    private static final long LONGEST_WAIT = Duration.ofHours(1).toNanos();

    /** Closes it; not from a native callback, and not twice. */
    void close() {
        connection.close();
    }

    /** Whether it has waited for so long that another one ought to be made. */
    boolean isStale() {
        return System.nanoTime() - made > LONGEST_WAIT;
    }
}
