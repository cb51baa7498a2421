package dev.peerhost.page;

import dev.peerhost.ice.IceServer;
import dev.peerhost.serverpeer.ServerPeerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pages are told about the server.
 *
 * @param version of Peerhost
 * @param iceServers STUN and TURN servers, each as {@code RTCIceServer} has it
 * @param peer whether the server's own peer can take part
 */
record ServerFacts(String version, List<IceServer> iceServers, ServerPeerStatus peer) {

    /** Why the server's own peer cannot take part and what to do, or null when it can. */
    @Nullable
    String peerProblem() {
        return peer.reason();
    }
}
