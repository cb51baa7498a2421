package dev.peerhost.serverpeer;

import dev.peerhost.ice.IceServers;
import dev.peerhost.serverpeer.network.Network;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@link Generation}, which new connections go to, and the older ones that still have some. When the messages
 * of all have used up the budget for what is kept of them, somebody is told.
 */
final class Generations {

    private final IceServers iceServers;
    private final Network network;
    private final NativeRelease nativeRelease;
    private final Rotation rotation;
    private final Set<Generation> alive = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Generation> newest = new AtomicReference<>();
    private volatile Runnable overBudget = () -> {};

    /** The first, which costs nothing yet. */
    Generations(IceServers iceServers, Network network, NativeRelease nativeRelease, Rotation rotation) {
        this.iceServers = iceServers;
        this.network = network;
        this.nativeRelease = nativeRelease;
        this.rotation = rotation;
        this.newest.set(create(1));
    }

    /**
     * Sets who is told, again and again, while the budget is used up; by a native callback, so it neither waits nor
     * throws.
     */
    void whenOverBudget(Runnable action) {
        overBudget = action;
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
            rotation.announce();
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

    /** When one follows another. */
    Rotation rotation() {
        return rotation;
    }

    /** How many are not disposed of. */
    int alive() {
        return alive.size();
    }

    /** The number of the newest, counted from 1; 0 after {@link #dispose}. */
    int newest() {
        Generation now = newest.get();
        return now == null ? 0 : now.number();
    }

    /** What the native library keeps of the messages of those that are not disposed of; 0 where it keeps nothing. */
    long leakedBytes() {
        return rotation.isNeeded() ? messages() * GenerationLimits.KEPT_PER_MESSAGE : 0;
    }

    /** Whether closed native connections are released. */
    boolean releases() {
        return nativeRelease.isOn();
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
        Engine engine = new Engine(iceServers, network, nativeRelease);
        Generation generation = new Generation(number, engine, rotation, this::grown);
        alive.add(generation);
        var unused = generation.disposed().thenRun(() -> alive.remove(generation));
        return generation;
    }

    private long messages() {
        return alive.stream().mapToLong(Generation::messages).sum();
    }

    private void grown() {
        if (rotation.isOverBudget(messages())) {
            overBudget.run();
        }
    }
}
