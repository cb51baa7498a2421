package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.peerhost.room.IceCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What a browser does, done by the same native library: a connection that offers, in a factory of its own. It talks to
 * the code under test over real sockets.
 */
final class Browser implements AutoCloseable {

    private static final long PATIENCE = 20;

    /** One for all tests of this JVM, as long as it runs. */
    private static final HeadlessAudioDeviceModule AUDIO = new HeadlessAudioDeviceModule();

    private static final PeerConnectionFactory FACTORY = new PeerConnectionFactory(AUDIO);

    private static final NativeRelease RELEASE = NativeRelease.choose(NativeRelease.Mode.AUTO);

    private final RTCPeerConnection connection;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final List<BrowserChannel> channels = new ArrayList<>();
    private boolean open = true;

    Browser() {
        this(state -> {});
    }

    /** One that says how its connection is, on a native thread. */
    Browser(Consumer<RTCPeerConnectionState> states) {
        RTCConfiguration configuration = new RTCConfiguration();
        configuration.portAllocatorConfig.setDisableTcp(true);
        connection = FACTORY.createPeerConnection(configuration, new NativeCallbacks(event -> {
            if (event instanceof NativeEvent.GatheringComplete) {
                gathered.complete(null);
            } else if (event instanceof NativeEvent.ConnectionChanged changed) {
                states.accept(changed.state());
                if (changed.state() == RTCPeerConnectionState.CONNECTED) {
                    connected.complete(null);
                }
            }
        }));
    }

    /** {@code createDataChannel}. */
    BrowserChannel channel(String label) {
        return channel(label, new RTCDataChannelInit());
    }

    /** The same with options. */
    BrowserChannel channel(String label, RTCDataChannelInit options) {
        BrowserChannel channel = new BrowserChannel(connection.createDataChannel(label, options));
        channels.add(channel);
        return channel;
    }

    /** {@code createOffer} and {@code setLocalDescription}: the offer without candidates. */
    String offer() throws Exception {
        return offer(new RTCOfferOptions());
    }

    /** The same with new ICE credentials. */
    String restartIce() throws Exception {
        RTCOfferOptions options = new RTCOfferOptions();
        options.iceRestart = true;
        return offer(options);
    }

    private String offer(RTCOfferOptions options) throws Exception {
        String sdp = await(done -> connection.createOffer(options, done));
        await(done -> connection.setLocalDescription(new RTCSessionDescription(RTCSdpType.OFFER, sdp), done));
        return sdp;
    }

    /** The offer with all candidates in it. */
    String gatheredOffer() throws Exception {
        offer();
        gathered.get(PATIENCE, TimeUnit.SECONDS);
        return connection.getLocalDescription().sdp;
    }

    /** {@code setRemoteDescription}. */
    void accept(String answer) throws Exception {
        await(done -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer), done));
    }

    /** {@code addIceCandidate}. */
    void add(IceCandidate candidate) {
        Integer index = candidate.sdpMLineIndex();
        connection.addIceCandidate(
                new RTCIceCandidate(candidate.sdpMid(), index == null ? 0 : index, candidate.candidate()));
    }

    /** Waits until it is connected. */
    void awaitConnected() throws Exception {
        awaitConnected(PATIENCE);
    }

    /** The same for so many seconds at most. */
    void awaitConnected(long seconds) throws Exception {
        connected.get(seconds, TimeUnit.SECONDS);
    }

    /** {@code close}. */
    @Override
    public void close() {
        if (open) {
            open = false;
            channels.forEach(BrowserChannel::stop);
            Runnable release = RELEASE.of(connection);
            connection.close();
            channels.forEach(BrowserChannel::dispose);
            release.run();
        }
    }

    /** At the end of a process that runs no other tests: there are no browsers after this. */
    static void disposeFactory() {
        FACTORY.dispose();
        AUDIO.dispose();
    }

    private static String await(Consumer<NativeCallbacks> call) throws Exception {
        CompletableFuture<NativeEvent> outcome = new CompletableFuture<>();
        call.accept(new NativeCallbacks(outcome::complete));
        if (outcome.get(PATIENCE, TimeUnit.SECONDS) instanceof NativeEvent.Succeeded succeeded) {
            return succeeded.sdp();
        }
        throw new IllegalStateException(outcome.get().toString());
    }
}
