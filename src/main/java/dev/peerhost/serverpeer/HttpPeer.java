package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.LimitExceeded;
import dev.peerhost.serverpeer.sdp.IceCredentials;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import dev.peerhost.serverpeer.sdp.SdpFragment;
import dev.peerhost.serverpeer.sdp.SdpLines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whoever offers over HTTP and waits for each answer, which has our candidates in it. Requests may overlap: they are
 * answered in the order in which they came.
 */
final class HttpPeer implements RemotePeer {

    private record Asked(RemoteOffer offer, CompletableFuture<String> answer) {}

    private final PeerLink link;

    /** Guarded by this object's lock, which is held while an offer is handed over: the order is the link's. */
    private final Queue<Asked> asked = new ArrayDeque<>();

    private @Nullable RemoteOffer agreed;
    private volatile boolean abandoned;
    private volatile String entityTag = "";

    /**
     * Opens its link.
     *
     * @param opening makes the link of this peer
     * @throws LimitExceeded when there are too many
     * @throws Rejection when there is none to be had
     */
    HttpPeer(Function<RemotePeer, PeerLink> opening) {
        this.link = opening.apply(this);
        link.whenClosed(this::ended);
    }

    /** Its link with the server's own peer. */
    PeerLink link() {
        return link;
    }

    /** Which ICE session there is, as a strong entity-tag (RFC 9725 section 4.3.1); new after each restart of ICE. */
    String entityTag() {
        return entityTag;
    }

    /** Whether an offer is of the connection that there is. */
    synchronized boolean continuesWith(RemoteOffer offer) {
        return agreed != null && agreed.session().equals(offer.session());
    }

    /** The offer that restarts ICE with these credentials, or null when they are those that there are. */
    synchronized @Nullable RemoteOffer restart(@Nullable IceCredentials ice) {
        return agreed == null || ice == null || agreed.ice().equals(ice) ? null : agreed.restarted(ice);
    }

    /**
     * Offers.
     *
     * @return the answer with our candidates in it, or the {@link Rejection}
     * @throws HttpRefusal when the link is closed
     */
    synchronized CompletableFuture<String> offer(RemoteOffer offer) {
        if (!link.offer(() -> offer)) {
            throw HttpRefusal.noSuchConnection();
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        asked.add(new Asked(offer, answer));
        return answer;
    }

    /** Trickles; whether its candidates are used is not told. */
    void trickle(SdpFragment fragment) {
        fragment.candidates().forEach(link::candidate);
    }

    /** Nobody waits for the first answer any more. */
    void abandon() {
        abandoned = true;
        link.close();
    }

    @Override
    public boolean trickles() {
        return false;
    }

    @Override
    public void answer(String sdp) {
        Asked next = next();
        if (next != null) {
            synchronized (this) {
                agreed = next.offer;
            }
            entityTag = "\"%s\""
                    .formatted(IceCredentials.of(SdpLines.parse("Our answer", "", sdp))
                            .ufrag());
            next.answer.complete(sdp);
        }
    }

    @Override
    public void candidate(@Nullable IceCandidate candidate) {}

    @Override
    public void reject(Rejection rejection) {
        Asked next = next();
        if (next != null) {
            next.answer.completeExceptionally(rejection);
        }
    }

    /** Nobody listens between two requests. */
    @Override
    public boolean reconnect(Duration within) {
        return false;
    }

    @Override
    public boolean isGone() {
        return abandoned;
    }

    private void ended() {
        for (Asked last = next(); last != null; last = next()) {
            last.answer.completeExceptionally(HttpRefusal.noSuchConnection());
        }
    }

    private synchronized @Nullable Asked next() {
        return asked.poll();
    }
}
