package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.room.IceCandidate;
import org.jspecify.annotations.Nullable;

/** Who is told what happens to a {@link NativeConnection}, in its own operations. */
interface ConnectionOwner {

    /** Whom the connection leads to. */
    LinkId id();

    /** Runs an operation in turn; called from native callbacks, so it neither waits nor throws. */
    void submit(Runnable operation);

    /** ICE has gathered a candidate of ours, or with null all of them. */
    void gathered(@Nullable IceCandidate candidate);

    /** The connection's state has changed, or the number of its channels. */
    void changed(RTCPeerConnectionState state, int channels);

    /** The connection is of no use any more. */
    void close();
}
