package dev.peerhost.serverpeer;

import dev.peerhost.ice.IceServers;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The newest {@link Generation}, which new connections go to, and the older ones that still have some. */
final class Generations {

    private final IceServers iceServers;
    private final Network network;
    private final NativeRelease nativeRelease;
    private final GenerationLimits limits;
    private final Set<Generation> alive = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Generation> newest = new AtomicReference<>();

    Generations(IceServers iceServers, Network network, NativeRelease nativeRelease, GenerationLimits limits) {
        this.iceServers = iceServers;
        this.network = network;
        this.nativeRelease = nativeRelease;
        this.limits = limits;
        this.newest.set(create(1));
    }

    /**
     * The newest, in which a place for one connection is taken.
     *
     * @throws IllegalStateException after {@link #dispose}
     */
    Generation enter() {
        while (true) {
            Generation now = newest.get();
            if (now == null) {
                throw new IllegalStateException("the server is stopping");
            }
            if (now.enter()) {
                return now;
            }
            Generation next = create(now.number() + 1);
            if (newest.compareAndSet(now, next)) {
                now.retire();
            } else {
                next.end();
            }
        }
    }

    /** How many are not disposed of. */
    int alive() {
        return alive.size();
    }

    /**
     * Ends them all; there are no connections after this.
     *
     * @return completes when the native threads of each have ended, so not before its last connection is closed
     */
    CompletableFuture<Void> dispose() {
        Generation last = newest.getAndSet(null);
        if (last != null) {
            last.end();
        }
        return CompletableFuture.allOf(alive.stream().map(Generation::disposed).toArray(CompletableFuture<?>[]::new));
    }

    private Generation create(int number) {
        Generation generation = new Generation(number, new Engine(iceServers, network, nativeRelease), limits);
        alive.add(generation);
        var unused = generation.disposed().thenRun(() -> alive.remove(generation));
        return generation;
    }
}
