package dev.peerhost.ice;

import java.util.List;

/**
 * All STUN and TURN servers to use, in the order in which they were configured.
 *
 * @param list the servers; empty when there are none, which is enough on one network
 */
public record IceServers(List<IceServer> list) {

    /** Keeps a copy of the list. */
    public IceServers {
        list = List.copyOf(list);
    }
}
