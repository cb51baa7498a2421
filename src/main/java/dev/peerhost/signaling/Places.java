package dev.peerhost.signaling;

import dev.peerhost.room.Presence.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;

/**
 * The peers of all sockets, and the places of those whose socket was lost, each kept for some time, and for as long as
 * somebody in its rooms is connected to it. At most {@value #MOST_KEPT} places are kept at once: one more ends the oldest.
 */
final class Places {

    static final int MOST_KEPT = 10_000;

    private static final Logger log = LoggerFactory.getLogger(Places.class);

    private final Duration timeout;
    private final TaskScheduler scheduler;
    private final Supplier<StompPeer> peers;
    private final Map<String, StompPeer> byToken = new ConcurrentHashMap<>();
    private final Map<StompPeer.Absence, Future<?>> kept = new LinkedHashMap<>();

    /**
     * No peers yet.
     *
     * @param timeout how long a place is kept; zero keeps none
     * @param peers makes new ones
     */
    Places(Duration timeout, TaskScheduler scheduler, Supplier<StompPeer> peers) {
        this.timeout = timeout;
        this.scheduler = scheduler;
        this.peers = peers;
    }

    /**
     * Gives a socket that connects its peer: the one that the token is of, or a new one.
     *
     * @param token what the client was told in its welcome, or null
     * @param seen the number of the last message that it has had, from 0
     */
    StompSession enter(@Nullable String token, long seen, Frames frames, Outbox outbox) {
        StompPeer before = token == null ? null : byToken.get(token);
        if (before != null) {
            StompSession resumed = new StompSession(before, frames, outbox, seen);
            forget(before.absence());
            if (before.resume(resumed)) {
                return resumed;
            }
            // Its client is here and cannot go on as this peer: nobody ever will.
            end(before, Reason.LOST);
        }
        StompPeer fresh = peers.get();
        StompSession session = new StompSession(fresh, frames, outbox, StompSession.NOTHING_BEFORE);
        fresh.resume(session);
        byToken.put(fresh.token(), fresh);
        return session;
    }

    /** The client has said goodbye; false when its session was not the peer's any more. */
    boolean left(StompSession session) {
        return session.peer().speaksThrough(session) && end(session.peer(), Reason.LEFT);
    }

    /** The socket has ended, however it did: whoever did not leave keeps its place for a while. */
    void lost(StompSession session) {
        StompPeer.Absence absence = session.peer().lose(session);
        if (absence == null) {
            return;
        }
        if (timeout.isZero() || !session.peer().isKnown()) {
            giveUp(absence);
            return;
        }
        StompPeer.Absence oldest = null;
        synchronized (kept) {
            kept.put(
                    absence,
                    scheduler.schedule(() -> expire(absence), Instant.now().plus(timeout)));
            if (kept.size() > MOST_KEPT) {
                oldest = kept.keySet().iterator().next();
            }
        }
        if (oldest != null) {
            log.warn("Ended a peer early: more than {} have lost their sockets", MOST_KEPT);
            giveUp(oldest);
        }
    }

    /** How many places are kept for lost sockets. */
    int kept() {
        synchronized (kept) {
            return kept.size();
        }
    }

    /** The time is over; whom somebody still holds is waited for, which ends with that connection at the latest. */
    private void expire(StompPeer.Absence absence) {
        var unused = absence.peer().attendance().held().thenRunAsync(() -> giveUp(absence), this::soon);
    }

    private void soon(Runnable task) {
        var unused = scheduler.schedule(task, Instant.now());
    }

    /** Gives the place up, unless its peer is back. */
    private void giveUp(StompPeer.Absence absence) {
        forget(absence);
        if (absence.peer().endAfter(absence)) {
            leave(absence.peer(), Reason.LOST);
        }
    }

    private boolean end(StompPeer peer, Reason reason) {
        if (!peer.end()) {
            return false;
        }
        leave(peer, reason);
        return true;
    }

    private void leave(StompPeer peer, Reason reason) {
        byToken.remove(peer.token());
        peer.attendance().end(reason);
    }

    private void forget(StompPeer.@Nullable Absence absence) {
        if (absence != null) {
            Future<?> timer;
            synchronized (kept) {
                timer = kept.remove(absence);
            }
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
