package dev.peerhost.signaling;

import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Rooms;
import org.jspecify.annotations.Nullable;

/**
 * A browser, or any STOMP client, as a peer: the id that the server gave it, the rooms it is in, and what it was told. It
 * outlives its socket: who comes back with its token goes on where it was.
 *
 * <p>The token serves for as long as the peer lives. One for a single use would be lost with the welcome that carries the
 * next.
 */
final class StompPeer implements Peer {

    /** One loss of the socket; the next one is another. */
    record Absence(StompPeer peer, long number) {}

    private final PeerId id = PeerId.random();
    private final String token = PeerId.random().value();
    private final Frames frames;
    private final Mailbox mailbox;
    private final SignalingCounts counts;
    private final Attendance attendance;
    private volatile @Nullable String address;
    private @Nullable StompSession session;
    private @Nullable Absence absence;
    private long absences;
    private boolean listening;
    private boolean ended;

    /**
     * A peer that is nowhere yet.
     *
     * @param mostRooms how many rooms it may be in at once
     */
    StompPeer(Frames frames, Mailbox.Memory memory, SignalingCounts counts, Rooms rooms, int mostRooms) {
        this.frames = frames;
        this.mailbox = new Mailbox(memory);
        this.counts = counts;
        this.attendance = new Attendance(rooms, this, mostRooms);
    }

    @Override
    public PeerId id() {
        return id;
    }

    /** That of its newest socket. */
    @Override
    public @Nullable String address() {
        return address;
    }

    /** What proves that somebody is this peer: 128 random bits, told to itself alone. */
    String token() {
        return token;
    }

    Attendance attendance() {
        return attendance;
    }

    /** Where all that is done for it is counted. */
    SignalingCounts counts() {
        return counts;
    }

    /** Numbers the message, keeps it and sends it if there is a session; before the first welcome nobody listens. */
    @Override
    public synchronized void deliver(RoomMessage message) {
        if (!listening || ended) {
            return;
        }
        counts.delivered(message);
        long sequence = mailbox.last() + 1;
        byte[] body = frames.body(message, sequence);
        mailbox.add(body);
        if (session != null) {
            session.message(sequence, body);
        }
    }

    /**
     * Goes on in another session; the one before is cut off.
     *
     * @return false when the peer has ended, or not all that the session has not seen is kept
     */
    synchronized boolean resume(StompSession next) {
        boolean isNew = next.seen() == StompSession.NOTHING_BEFORE;
        if (ended || (!isNew && !mailbox.holdsAllAfter(next.seen()))) {
            return false;
        }
        if (session != null) {
            session.cut();
        }
        session = next;
        address = next.address();
        absence = null;
        return true;
    }

    /**
     * Welcomes a session on its subscription and, when it was resumed, sends it what it has missed.
     *
     * @return false when that is no longer kept
     */
    synchronized boolean greet(StompSession to, boolean resumed) {
        if (!speaksThrough(to)) {
            return true;
        }
        if (resumed && !mailbox.holdsAllAfter(to.seen())) {
            return false;
        }
        listening = true;
        to.welcome(token, resumed);
        if (resumed) {
            long sequence = to.seen();
            for (byte[] body : mailbox.after(sequence)) {
                to.message(++sequence, body);
            }
        }
        return true;
    }

    /** Has the session no subscription any more, nobody listens. */
    synchronized void ignore(StompSession unsubscribed) {
        listening &= !speaksThrough(unsubscribed);
    }

    /** Whether this session is the peer's: false once its socket has ended, the peer has, or another one took over. */
    synchronized boolean speaksThrough(StompSession candidate) {
        return session == candidate && !ended;
    }

    /** The socket of a session has ended; null when that changes nothing, since the peer has ended or goes on in another. */
    synchronized @Nullable Absence lose(StompSession lost) {
        if (!speaksThrough(lost)) {
            return null;
        }
        session = null;
        absence = new Absence(this, ++absences);
        return absence;
    }

    /** The loss that lasts, or null while there is a session. */
    synchronized @Nullable Absence absence() {
        return absence;
    }

    /** Whether anybody was given the token. */
    synchronized boolean isKnown() {
        return listening;
    }

    /** Ends it, if the loss still lasts; true when that ends it. */
    synchronized boolean endAfter(Absence expired) {
        return expired.equals(absence) && end();
    }

    /** Ends it for good; false when it had ended before. */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        session = null;
        absence = null;
        mailbox.clear();
        return first;
    }
}
