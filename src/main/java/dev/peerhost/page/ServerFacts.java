package dev.peerhost.page;

import dev.peerhost.ice.IceServer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pages are told about the server.
 *
 * @param version of Peerhost
 * @param iceServers STUN and TURN servers, each as {@code RTCIceServer} has it
 * @param peerProblem why the server's own peer cannot take part and what to do, or null when it can
 */
record ServerFacts(
        String version,
        List<IceServer> iceServers,
        @Nullable String peerProblem) {}
