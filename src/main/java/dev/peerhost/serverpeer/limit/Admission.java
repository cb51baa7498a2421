package dev.peerhost.serverpeer.limit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Who may connect and how often they may offer, in all and by address; a peer without an address counts in all alone. */
public final class Admission {

    /** Beyond so many the one that was quiet longest is forgotten: its burst has come back meanwhile. */
    private static final int MOST_ADDRESSES = 10_000;

    private final int most;
    private final Limits limits;
    private final LongSupplier clock;

    /** All that follows is guarded by this object's lock. */
    private int connections;

    private final Map<String, Integer> connectionsOf = new HashMap<>();
    private final Map<String, TokenBucket> offersOf = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Nobody is there.
     *
     * @param most how many connections there may be at once, at least 1
     */
    public Admission(int most, Limits limits) {
        this(most, limits, System::nanoTime);
    }

    /** The same with a clock like {@link System#nanoTime}. */
    public Admission(int most, Limits limits, LongSupplier clock) {
        this.most = most;
        this.limits = limits;
        this.clock = clock;
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Admits an offer, or another request that costs as much.
     *
     * @param address whom it came from, null for somebody in this process
     * @throws LimitExceeded when there are too many
     */
    public void offer(@Nullable String address) {
        int perSecond = limits.settings().offersPerSecond();
        if (address != null && !take(ClientNetwork.of(address))) {
            throw exceeded(
                    Limit.OFFERS_PER_SECOND,
                    "More than %,d offers a second came from your address; wait a second, then try again."
                            .formatted(perSecond));
        }
    }

    /**
     * Admits a connection.
     *
     * @return gives its place back, to be called once
     * @throws LimitExceeded when there are too many
     */
    public Runnable connect(@Nullable String address) {
        String network = address == null ? "" : ClientNetwork.of(address);
        synchronized (this) {
            if (connections >= most) {
                throw exceeded(
                        Limit.CONNECTIONS,
                        "The server's own peer has %,d connections and takes no more; try again later."
                                .formatted(most));
            }
            int perAddress = limits.settings().connectionsPerAddress();
            if (address != null && connectionsOf.getOrDefault(network, 0) >= perAddress) {
                throw exceeded(
                        Limit.CONNECTIONS_PER_ADDRESS,
                        "The server's own peer has %,d connections with your address and takes no more; close one first."
                                .formatted(perAddress));
            }
            connections++;
            connectionsOf.merge(network, 1, Integer::sum);
        }
        return () -> leave(network);
    }

    private synchronized void leave(String network) {
        connections--;
        connectionsOf.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }

    private synchronized boolean take(String network) {
        PeerLimits settings = limits.settings();
        TokenBucket offers = offersOf.computeIfAbsent(
                network, fresh -> new TokenBucket(settings.offersPerSecond(), settings.offersBurst(), clock));
        if (offersOf.size() > MOST_ADDRESSES) {
            offersOf.remove(offersOf.keySet().iterator().next());
        }
        return offers.take(1);
    }

    private LimitExceeded exceeded(Limit limit, String sentence) {
        limits.count(limit);
        return new LimitExceeded(limit, sentence);
    }
}
