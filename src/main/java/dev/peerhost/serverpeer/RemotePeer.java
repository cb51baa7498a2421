package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import org.jspecify.annotations.Nullable;

/** The other end of a link, as signaling reaches it. */
interface RemotePeer {

    /** Whether it takes candidates one by one (RFC 8838); otherwise they must be in the answer. */
    boolean trickles();

    /** Tells it our answer. */
    void answer(String sdp);

    /** Tells it a candidate of ours, or with null that there are no more; never before the answer. */
    void candidate(@Nullable IceCandidate candidate);

    /** Tells it why its offer is not answered. */
    void reject(Rejection rejection);

    /** Tells it why a candidate of its is not used; one that waits only for answers is not told. */
    default void rejectCandidate(Rejection rejection) {}

    /** Whether it has left, so that nothing reaches it. */
    boolean isGone();
}
