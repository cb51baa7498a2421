package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.sdp.RemoteCandidate;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the server's own peer has with one browser in one room: its offers, answered in turn, and the native connection
 * that they are about. A browser that starts anew gets a new connection on the same link.
 *
 * <p>At most 1,024 operations wait; a browser that causes more loses the link. The link ends when the
 * {@link Lifetime} of its connection does.
 */
final class PeerLink implements ConnectionOwner {

    private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

    private static final int LIMIT = 1024;

    private final RemotePeer remote;
    private final Lifetime lifetime;
    private final LinkLimits limits;
    private final Straggler straggler;
    private final Operations operations;
    private final LinkConnection connection;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    PeerLink(
            LinkId id,
            RemotePeer remote,
            Generations generations,
            Channels channels,
            Limits limits,
            ScheduledExecutorService timer) {
        this.remote = remote;
        this.lifetime = new Lifetime(this, new Deadline(timer, this), this::close);
        this.limits = new LinkLimits(this, remote, limits, timer);
        this.connection = new LinkConnection(id, this, generations, channels, this.limits, lifetime);
        this.straggler = new Straggler(this, remote, new Deadline(timer, this));
        this.operations = new Operations("link to " + id, LIMIT);
    }

    @Override
    public LinkId id() {
        return connection.id();
    }

    /**
     * Answers an offer in turn; whatever comes of it, the other end is told.
     *
     * @param offer reads it, which may fail with a {@link Rejection}
     * @return false when another link is needed: this one is closed, or on its way out and this is a new connection
     */
    boolean offer(Supplier<RemoteOffer> offer) {
        return !straggler.isAnsweredBy(offer) && take(() -> answer(offer));
    }

    /** The connection that there is, if any; most of what it does is for operations of this link. */
    @Nullable
    NativeConnection connection() {
        return connection.get();
    }

    /** What waits for its turn; those who only look add to it directly, as one too many does no harm there. */
    Operations operations() {
        return operations;
    }

    /** How it is given up for another one. */
    Straggler straggler() {
        return straggler;
    }

    /**
     * Takes a candidate of the other end's in turn, so after the offers that came before it; whether it is used is not
     * told, only what is wrong with it.
     *
     * @return false when the link is closed
     */
    boolean candidate(RemoteCandidate candidate) {
        return take(() -> add(candidate));
    }

    /** Closes it after the operations that wait already. Closing it again does nothing. */
    @Override
    public void close() {
        operations.close(this::end);
    }

    /** Completes when it is closed and every native object of it is disposed of. */
    CompletableFuture<Void> closed() {
        return closed;
    }

    /** Runs something short when it is {@link #closed}. */
    void whenClosed(Runnable action) {
        var unused = closed.thenRun(action);
    }

    @Override
    public void submit(Runnable operation) {
        take(operation);
    }

    @Override
    public void gathered(@Nullable IceCandidate candidate) {
        remote.candidate(candidate);
    }

    @Override
    public void changed(RTCPeerConnectionState state, int channels) {
        log.debug("{} is {} with {} channels", id(), state, channels);
        lifetime.changed(state, channels);
    }

    /** Returns false when it was closed before; an operation too many closes it. */
    private boolean take(Runnable operation) {
        return operations.offer(operation, 1)
                || operations.close(() -> {
                    log.warn("Closed the link to {}: more than {} operations waited", id(), LIMIT);
                    remote.reject(Rejection.serverPeerUnavailable(
                            "You sent more than the server's own peer can keep up with; connect to it anew."));
                    end();
                });
    }

    private void answer(Supplier<RemoteOffer> offer) {
        try {
            if (operations.isClosed()) {
                throw Rejection.serverPeerUnavailable("The connection was being closed; connect anew.");
            }
            remote.answer(connection.answer(offer.get(), !remote.trickles()));
        } catch (Rejection rejection) {
            log.debug("Rejected an offer of {}: {}", id(), rejection.sentence());
            refuse(rejection);
        } catch (InterruptedException | RuntimeException fault) {
            log.error("An offer of {} could not be answered", id(), fault);
            refuse(Rejection.serverPeerUnavailable(
                    "The server's own peer failed to answer; its log says why. Try again."));
        }
        if (remote.isGone()) {
            close();
        }
    }

    private void refuse(Rejection rejection) {
        if (connection.get() == null) {
            // Before the other end can know, so that its next offer finds a new link and not this one at its end.
            close();
        }
        remote.reject(rejection);
    }

    private void add(RemoteCandidate candidate) {
        NativeConnection current = connection.get();
        try {
            // Without one, its offer was refused, and whoever sent it has been told.
            if (current != null) {
                current.add(candidate);
            }
        } catch (Rejection rejection) {
            log.debug("Rejected a candidate of {}: {}", id(), rejection.sentence());
            remote.rejectCandidate(rejection);
        }
    }

    private void end() {
        lifetime.end();
        limits.end();
        straggler.end();
        connection.close();
        var unused = connection.disposed().thenRun(() -> closed.complete(null));
    }
}
