package dev.peerhost.serverpeer;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a link's connection may stay at most: so long in all, and so long without a message. Belongs to the operations
 * of one link.
 */
final class Expiry {

    private final PeerLimits limits;
    private final Deadline end;
    private final Deadline silence;
    private final Consumer<Limit> exceeded;

    /**
     * Of a link without a connection.
     *
     * @param end for the end of its life
     * @param silence for the end of its idle time
     * @param exceeded what ends the link
     */
    Expiry(PeerLimits limits, Deadline end, Deadline silence, Consumer<Limit> exceeded) {
        this.limits = limits;
        this.end = end;
        this.silence = silence;
        this.exceeded = exceeded;
    }

    /** There is a new connection, in place of the one before. */
    void begin(Quota quota) {
        cancel();
        if (!limits.lifeTime().isZero()) {
            end.set(limits.lifeTime(), () -> exceeded.accept(Limit.LIFE_TIME));
        }
        if (!limits.idleTime().isZero()) {
            watch(quota, limits.idleTime());
        }
    }

    /** Nothing is waited for any more. */
    void cancel() {
        end.cancel();
        silence.cancel();
    }

    private void watch(Quota quota, Duration after) {
        silence.set(after, () -> {
            Duration left = limits.idleTime().minus(quota.idle());
            if (left.isPositive()) {
                watch(quota, left.plusMillis(1));
            } else {
                exceeded.accept(Limit.IDLE_TIME);
            }
        });
    }
}
