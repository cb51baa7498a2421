package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.Presence.Left;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.Room;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.RoomListener;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Signal;
import dev.peerhost.serverpeer.limit.LimitExceeded;
import dev.peerhost.serverpeer.sdp.RemoteCandidate;
import dev.peerhost.serverpeer.sdp.RemoteCandidates;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's own peer: takes its place in each room as it opens, and has a link with each browser that offers to it.
 * It only answers.
 */
final class ServerPeer implements Peer, RoomListener {

    private static final PeerInfo INFO = new PeerInfo(PeerId.SERVER, "server", PeerInfo.Kind.SERVER);
    private static final int MOST_REPLIES = 1024;

    private record Seat(RoomId room, PeerId browser) {}

    private final PeerLinks peerLinks;
    private final ServerPeerStatus status;
    private final Map<RoomId, Room> rooms = new ConcurrentHashMap<>();
    private final Map<Seat, PeerLink> links = new ConcurrentHashMap<>();

    /** Candidates that came ahead of the first offer. */
    private final Map<Seat, List<RemoteCandidate>> early = new ConcurrentHashMap<>();

    /** What is refused at once is answered from here, since {@link #deliver} may be called under a room's lock. */
    private final Operations replies = new Operations("server peer", MOST_REPLIES);

    ServerPeer(PeerLinks peerLinks, ServerPeerStatus status) {
        this.peerLinks = peerLinks;
        this.status = status;
    }

    @Override
    public PeerId id() {
        return PeerId.SERVER;
    }

    /** A browser's, while its link lasts: which ends soon after its connection does, or has failed. */
    @Override
    public CompletableFuture<Void> holds(RoomId room, PeerId other) {
        PeerLink link = links.get(new Seat(room, other));
        return link == null ? CompletableFuture.completedFuture(null) : link.closed();
    }

    @Override
    public void opened(Room room) {
        if (status.available()) {
            rooms.put(room.id(), room);
            room.join(this, INFO);
        }
    }

    @Override
    public void closed(Room room) {
        rooms.remove(room.id());
        early.keySet().removeIf(seat -> seat.room.equals(room.id()));
        links.forEach((seat, link) -> {
            if (seat.room.equals(room.id())) {
                link.close();
            }
        });
    }

    @Override
    public void deliver(RoomMessage message) {
        switch (message) {
            case Signal signal -> take(signal, null);
            case Left left -> {
                Seat seat = new Seat(left.room(), left.peer());
                early.remove(seat);
                PeerLink link = links.get(seat);
                if (link != null) {
                    link.close();
                }
            }
            default -> {
                // Who is present is of no interest until somebody offers.
            }
        }
    }

    @Override
    public void deliver(Signal signal, Peer sender) {
        take(signal, sender.address());
    }

    private void take(Signal signal, @Nullable String address) {
        Room room = rooms.get(signal.room());
        if (room != null) {
            take(signal, new RoomBrowser(room, signal.from()), address);
        }
    }

    private void take(Signal signal, RoomBrowser browser, @Nullable String address) {
        switch (signal) {
            case Signal.Offer offer -> offered(offer, browser, address);
            case Signal.Answer answer ->
                refuse(browser, "answer", Rejection.badBody("The server's own peer only answers; send it an offer."));
            case Signal.Candidate candidate -> {
                // Null and "" say that there are no more.
                if (candidate.candidate() != null
                        && !candidate.candidate().candidate().isEmpty()) {
                    trickled(new Seat(candidate.room(), candidate.from()), candidate.candidate(), browser);
                }
            }
        }
    }

    private void trickled(Seat seat, IceCandidate candidate, RoomBrowser browser) {
        try {
            RemoteCandidate parsed = RemoteCandidate.parse(candidate);
            PeerLink link = links.get(seat);
            if (link != null) {
                link.candidate(parsed);
                return;
            }
            List<RemoteCandidate> waiting = early.computeIfAbsent(seat, none -> new CopyOnWriteArrayList<>());
            RemoteCandidates.limit(waiting.size());
            waiting.add(parsed);
        } catch (Rejection unusable) {
            refuse(browser, "candidate", unusable);
        }
    }

    private void offered(Signal.Offer offer, RoomBrowser browser, @Nullable String address) {
        Seat seat = new Seat(offer.room(), offer.from());
        PeerLink link = links.get(seat);
        Supplier<RemoteOffer> read = () -> RemoteOffer.parse(offer.sdp());
        try {
            peerLinks.admission().offer(address);
            if (link != null && link.offer(read)) {
                return;
            }
            LinkId id = new LinkId(offer.from().value(), offer.room().value());
            PeerLink fresh = peerLinks.open(id, address, browser);
            links.put(seat, fresh);
            fresh.whenClosed(() -> {
                links.remove(seat, fresh);
                if (link != null) {
                    // It may have stayed for a while beside the one that the browser was asked to begin.
                    link.close();
                }
            });
            fresh.offer(read);
            List<RemoteCandidate> waiting = early.remove(seat);
            if (waiting != null) {
                waiting.forEach(fresh::candidate);
            }
        } catch (LimitExceeded full) {
            refuse(browser, "offer", full.toRejection());
        } catch (Rejection stopping) {
            refuse(browser, "offer", stopping);
        }
    }

    /** A browser that is refused more often than it can be told is told no more: its queue would be full as well. */
    private void refuse(RoomBrowser browser, String destination, Rejection rejection) {
        replies.offer(() -> browser.reject(rejection, destination), 1);
    }
}
