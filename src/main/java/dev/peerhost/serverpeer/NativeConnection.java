package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.channel.DtlsFingerprints;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.sdp.RemoteCandidate;
import dev.peerhost.serverpeer.sdp.RemoteCandidates;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One {@code RTCPeerConnection} with a browser and its channels. All but what {@link NativeChannel} asks is called in its owner's operations.
 */
final class NativeConnection {

    private final ConnectionOwner owner;
    private final LinkId id;
    private final Generation generation;
    private final SendBudget sendBudget;
    private final Quota quota;
    private final String session;
    private final Prepared prepared;
    private final RTCPeerConnection connection;
    private final Negotiation negotiation;
    private final RemoteCandidates remoteCandidates;
    private final RemoteClose remoteClose;
    private final ConnectionChannels channels;
    private volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;
    private volatile int maxMessageSize;
    private volatile DtlsFingerprints fingerprints = new DtlsFingerprints("", "");
    private boolean closed;

    /** Creates the native connection, for an offer that is then to be answered. */
    NativeConnection(ConnectionOwner owner, Generations generations, Channels all, Quota quota, RemoteOffer offer)
            throws InterruptedException {
        this.owner = owner;
        this.id = owner.id();
        this.channels = new ConnectionChannels(this, all, size -> owner.changed(state, size));
        this.sendBudget = all.sendBudget();
        this.quota = quota;
        this.session = offer.session();
        this.generation = generations.enter();
        this.prepared = generation.connect();
        this.connection = prepared.connection();
        this.negotiation = new Negotiation(connection, generation.network());
        this.remoteCandidates = new RemoteCandidates(generation.network()::allows, negotiation::add);
        this.remoteClose =
                new RemoteClose(connection, this::submit, () -> owner.changed(RTCPeerConnectionState.CLOSED, 0));
        prepared.callbacks().attach(this::happened);
    }

    LinkId id() {
        return id;
    }

    /** What it was made in. */
    Generation generation() {
        return generation;
    }

    RTCPeerConnectionState state() {
        return state;
    }

    /** Its open channels. */
    List<OpenChannel> channels() {
        return channels.list();
    }

    /** Asks for its statistics, which come as a {@link NativeEvent.StatsDelivered}. */
    void stats(Consumer<NativeEvent> receiver) {
        connection.getStats(new NativeCallbacks(receiver));
    }

    /** The largest message that the browser takes, in bytes. */
    int maxMessageSize() {
        return maxMessageSize;
    }

    /** The certificates of both ends. */
    DtlsFingerprints fingerprints() {
        return fingerprints;
    }

    /** Whether what is sent now arrives; during an interruption a channel would swallow it. */
    boolean isConnected() {
        return state == RTCPeerConnectionState.CONNECTED;
    }

    /** What waits to be sent on all its channels. */
    SendBudget sendBudget() {
        return sendBudget;
    }

    /** What it may still do. */
    Quota quota() {
        return quota;
    }

    /** Has its owner close it. */
    void abandon() {
        owner.close();
    }

    /** Runs an operation in turn, unless the connection is closed by then. */
    void submit(Runnable operation) {
        owner.submit(() -> {
            if (!closed) {
                operation.run();
            }
        });
    }

    /** Whether an offer comes from the same {@code RTCPeerConnection} as the first: a renegotiation or an ICE restart. */
    boolean continuesWith(RemoteOffer offer) {
        return session.equals(offer.session());
    }

    /**
     * Answers an offer.
     *
     * @param withCandidates whether candidates of ours must be in the answer
     * @return our SDP
     * @throws Rejection when the offer is not taken; the connection is then as it was
     */
    String answer(RemoteOffer offer, boolean withCandidates) throws InterruptedException {
        String sdp = negotiation.answer(offer, withCandidates);
        maxMessageSize = offer.maxMessageSize();
        fingerprints = DtlsFingerprints.of(sdp, offer.sdp());
        remoteCandidates.described(offer);
        return sdp;
    }

    /**
     * Takes a candidate of the browser's.
     *
     * @throws Rejection when it cannot be used; the connection is then as it was
     */
    void add(RemoteCandidate candidate) {
        remoteCandidates.add(candidate);
    }

    /** A channel has closed. */
    void closed(OpenChannel channel) {
        channels.closed(channel);
        if (channels.size() == 0) {
            remoteClose.look();
        }
    }

    /**
     * Closes the connection and all its channels, in the one order that is safe; call it once.
     *
     * @param replaced whether another one with the same browser takes its place
     * @return completes when every native object of it is disposed of
     */
    CompletableFuture<Void> close(boolean replaced) {
        closed = true;
        state = RTCPeerConnectionState.CLOSED;
        prepared.callbacks().detach();
        channels.end(replaced);
        Runnable release = generation.releaseOf(connection);
        prepared.close();
        return channels.release().thenRun(release);
    }

    private void happened(NativeEvent event) {
        switch (event) {
            case NativeEvent.ConnectionChanged changed -> {
                // At once and not in turn, so that nothing more is sent into an interruption.
                state = changed.state();
                submit(() -> owner.changed(changed.state(), channels.size()));
            }
            case NativeEvent.Gathered gathered -> {
                IceCandidate told = generation.network().announcement().of(gathered.candidate());
                negotiation.gathered(told);
                if (told != null) {
                    submit(() -> owner.gathered(told));
                }
            }
            case NativeEvent.GatheringComplete complete -> {
                negotiation.gatheringComplete();
                submit(() -> owner.gathered(null));
            }
            case NativeEvent.ChannelArrived channel -> {
                channels.arrive(channel.channel());
                submit(channels::accept);
            }
            default -> throw new IllegalStateException("not of a connection: " + event);
        }
    }
}
