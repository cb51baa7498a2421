package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.Limit;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.limit.PeerLimits;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a link's connection may have at most: messages and bytes, so long in all, and so long without a message. A link
 * whose connection exceeds it is closed and its browser told so. Belongs to the operations of that link.
 */
final class LinkLimits {

    private static final Logger log = LoggerFactory.getLogger(LinkLimits.class);

    private final ConnectionOwner owner;
    private final RemotePeer remote;
    private final Limits limits;
    private final Deadline life;
    private final Deadline silence;

    /** Of a link without a connection. */
    LinkLimits(ConnectionOwner owner, RemotePeer remote, Limits limits, ScheduledExecutorService timer) {
        this.owner = owner;
        this.remote = remote;
        this.limits = limits;
        this.life = new Deadline(timer, owner);
        this.silence = new Deadline(timer, owner);
    }

    /** What a new connection may do. */
    Quota quota() {
        return new Quota(owner.id(), limits, limit -> owner.submit(() -> exceeded(limit)));
    }

    /** There is a new connection with that quota, in place of the one before. */
    void begin(Quota quota) {
        end();
        PeerLimits most = limits.settings();
        if (!most.lifeTime().isZero()) {
            life.set(most.lifeTime(), () -> exceeded(Limit.LIFE_TIME));
        }
        if (!most.idleTime().isZero()) {
            watch(quota, most.idleTime());
        }
    }

    /** Nothing is waited for any more. */
    void end() {
        life.cancel();
        silence.cancel();
    }

    private void watch(Quota quota, Duration after) {
        silence.set(after, () -> {
            Duration left = limits.settings().idleTime().minus(quota.idle());
            if (left.isPositive()) {
                // Deadlines are in milliseconds.
                watch(quota, left.plusMillis(1));
            } else {
                exceeded(Limit.IDLE_TIME);
            }
        });
    }

    private void exceeded(Limit limit) {
        limits.count(limit);
        String what = limits.describe(limit);
        log.info("Closed {}: it exceeded {}", owner.id(), what);
        owner.close();
        remote.reject(Rejection.serverPeerUnavailable(
                "Your connection was closed, since it exceeded %s; connect anew.".formatted(what)));
    }
}
