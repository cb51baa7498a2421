package dev.peerhost.serverpeer;

import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.LimitExceeded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Those who came over HTTP, by where their connection is found; there are no more than there are links. */
final class HttpPeers {

    private final PeerLinks links;
    private final Map<String, HttpPeer> peers = new ConcurrentHashMap<>();

    HttpPeers(PeerLinks links) {
        this.links = links;
    }

    /**
     * Admits a request of an address.
     *
     * @throws LimitExceeded when there are too many
     */
    void admit(String address) {
        links.admission().offer(address);
    }

    /**
     * A new peer, known under a key that cannot be guessed until its link is closed.
     *
     * @param key 128 random bits; not the peer's id, which handlers may tell to others
     * @throws LimitExceeded when there are too many connections
     * @throws Rejection when the server is stopping
     */
    HttpPeer open(String key, String address) {
        LinkId id = new LinkId(PeerId.random().value(), null);
        HttpPeer peer = new HttpPeer(remote -> links.open(id, address, remote));
        peers.put(key, peer);
        peer.link().whenClosed(() -> peers.remove(key, peer));
        return peer;
    }

    /**
     * The peer under a key.
     *
     * @throws HttpRefusal 404 when there is none, or no longer
     */
    HttpPeer require(String key) {
        HttpPeer peer = peers.get(key);
        if (peer == null) {
            throw HttpRefusal.noSuchConnection();
        }
        return peer;
    }

    /** The same, and nobody finds it any more. */
    HttpPeer remove(String key) {
        HttpPeer peer = peers.remove(key);
        if (peer == null) {
            throw HttpRefusal.noSuchConnection();
        }
        return peer;
    }
}
