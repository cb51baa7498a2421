package dev.peerhost.serverpeer;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Our ends of channels that outlive their connections, by the id that only the browser at the other end was told. */
final class Endpoints {

    /** How many of one peer wait for another connection; one more is closed. */
    private static final int MOST_WAITING = 16;

    private final Map<UUID, Endpoint> endpoints = new ConcurrentHashMap<>();

    /** Those that no connection carries at the moment. */
    private final Map<UUID, Endpoint> waiting = new ConcurrentHashMap<>();

    void add(Endpoint endpoint) {
        endpoints.put(endpoint.id(), endpoint);
    }

    void remove(Endpoint endpoint) {
        endpoints.remove(endpoint.id());
        waiting.remove(endpoint.id());
    }

    /** The one that a peer's browser names, or null when it is not there, or another's. */
    @Nullable
    Endpoint find(UUID id, LinkId peer) {
        Endpoint endpoint = endpoints.get(id);
        return endpoint != null && endpoint.isOf(peer) ? endpoint : null;
    }

    /** Another connection carries it now. */
    void carried(Endpoint endpoint) {
        waiting.remove(endpoint.id());
    }

    /** No connection carries it any more. */
    void waits(Endpoint endpoint) {
        LinkId peer = endpoint.link();
        if (waiting.values().stream().filter(one -> one.isOf(peer)).count() >= MOST_WAITING) {
            endpoint.finish("too many wait for another connection");
            return;
        }
        waiting.put(endpoint.id(), endpoint);
    }

    /** A peer is gone: what waits for another connection of it waits in vain. */
    void forget(LinkId peer) {
        waiting.values().stream().filter(one -> one.isOf(peer)).forEach(one -> one.finish("its peer is gone"));
    }
}
