package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.Presence;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Rooms;
import dev.peerhost.room.Signal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Somebody in a room whose browser signals through it. */
final class Visitor implements Peer {

    private static final long PATIENCE = 20;

    private final Rooms rooms;
    private final RoomId room;
    private final PeerId id = PeerId.random();
    private final BlockingQueue<RoomMessage> inbox = new LinkedBlockingQueue<>();

    /** Joins a room. */
    Visitor(Rooms rooms, String room) {
        this.rooms = rooms;
        this.room = new RoomId(room);
        rooms.join(this.room, this, new PeerInfo(id, null, PeerInfo.Kind.BROWSER));
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public void deliver(RoomMessage message) {
        inbox.add(message);
    }

    void leave() {
        rooms.leave(room, id, Presence.Reason.LEFT);
    }

    /** Sends an offer to the server's own peer. */
    void offer(String sdp) {
        send(new Signal.Offer(room, id, PeerId.SERVER, sdp));
    }

    /** Sends any signal. */
    void send(Signal signal) {
        rooms.require(room).route(signal);
    }

    RoomId room() {
        return room;
    }

    /** Takes a browser through offer, answer and candidates. */
    void connect(Browser browser) throws Exception {
        offer(browser.offer());
        negotiate(browser);
        browser.awaitConnected();
    }

    /** Takes the answer and candidates that follow an offer until there are no more. */
    void negotiate(Browser browser) throws Exception {
        negotiate(browser, null);
    }

    /** The same by way of a relay. */
    void connect(Browser browser, UdpRelay relay) throws Exception {
        offer(browser.offer());
        negotiate(browser, relay);
        browser.awaitConnected();
    }

    private void negotiate(Browser browser, @Nullable UdpRelay relay) throws Exception {
        browser.accept(next(Signal.Answer.class).sdp());
        Signal.Candidate candidate = next(Signal.Candidate.class);
        while (candidate.candidate() != null) {
            IceCandidate theirs = candidate.candidate();
            IceCandidate seen = relay == null ? theirs : relay.instead(theirs);
            if (seen != null) {
                browser.add(seen);
            }
            candidate = next(Signal.Candidate.class);
        }
    }

    /** The next message, which must be of that kind; presence is passed over unless asked for. */
    <T extends RoomMessage> T next(Class<T> kind) throws InterruptedException {
        while (true) {
            @Nullable RoomMessage message = inbox.poll(PATIENCE, TimeUnit.SECONDS);
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
            if (!(message instanceof Presence)) {
                throw new AssertionError("expected %s but got %s".formatted(kind.getSimpleName(), message));
            }
        }
    }

    /** Whether nothing has come that was not taken. */
    boolean heardNothing() {
        return inbox.isEmpty();
    }
}
