package dev.peerhost.serverpeer.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** So many a second in the long run, and at most a burst at once. */
public final class TokenBucket {

    private final double perNano;
    private final double burst;
    private final LongSupplier clock;
    private double tokens;
    private long filled;

    /**
     * A full one.
     *
     * @param perSecond how many tokens come back each second
     * @param burst how many it holds
     * @param clock as {@link System#nanoTime}
     */
    public TokenBucket(double perSecond, double burst, LongSupplier clock) {
        this.perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.filled = clock.getAsLong();
    }

    /**
     * Takes tokens; more than it holds can be taken when it is full, and is then owed.
     *
     * @return false when there are too few: then none are taken
     */
    public synchronized boolean take(long amount) {
        long now = clock.getAsLong();
        tokens = Math.min(burst, tokens + (now - filled) * perNano);
        filled = now;
        if (tokens < Math.min((double) amount, burst)) {
            return false;
        }
        tokens -= (double) amount;
        return true;
    }
}
