package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.peerhost.ice.IceServer;
import dev.peerhost.ice.IceServers;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.network.Network;
import dev.peerhost.serverpeer.network.PortRange;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The native library at work: one factory with its threads, and the only class that creates native connections. The
 * library is loaded and the factory starts with the first connection.
 */
final class Engine {

    private record Natives(HeadlessAudioDeviceModule audio, PeerConnectionFactory factory) {}

    private final IceServers iceServers;
    private final Network network;
    private final NativeRelease nativeRelease;

    /** A task rather than a lock around the creation: no lock is held across a native call. */
    private final FutureTask<Natives> natives = new FutureTask<>(Engine::start);

    /** The next connection, made while nobody waits for it: that is a third of the work of an answer. */
    private final AtomicReference<@Nullable Prepared> next = new AtomicReference<>();

    Engine(IceServers iceServers, Network network, NativeRelease nativeRelease) {
        this.iceServers = iceServers;
        this.network = network;
        this.nativeRelease = nativeRelease;
    }

    /**
     * A new native connection.
     *
     * @throws Rejection {@code SERVER_PEER_UNAVAILABLE} when the native library cannot be loaded
     * @throws IllegalStateException when the factory cannot be started, or was disposed
     */
    Prepared connect() throws InterruptedException {
        Prepared waiting = next.getAndSet(null);
        if (waiting != null && !waiting.isStale()) {
            return waiting;
        }
        discard(waiting);
        String failure = NativeLibrary.load();
        if (failure != null) {
            throw Rejection.serverPeerUnavailable(failure);
        }
        nativeRelease.announce();
        natives.run();
        try {
            return create(natives.get().factory);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the native library did not start", failed.getCause());
        }
    }

    /** Makes the next connection now, unless it is there; not while, or after, the engine is disposed of. */
    void prepare() {
        if (next.get() == null) {
            Prepared made = create(natives.resultNow().factory);
            if (!next.compareAndSet(null, made)) {
                discard(made);
            }
        }
    }

    /** Which addresses and ports its connections use. */
    Network network() {
        return network;
    }

    /** What releases a connection of this engine, see {@link NativeRelease#of}. */
    Runnable releaseOf(RTCPeerConnection connection) {
        return nativeRelease.of(connection);
    }

    /**
     * Ends the native threads and waits for them. All connections must be closed by now, and none may be created after.
     */
    void dispose() {
        discard(next.getAndSet(null));
        if (!natives.cancel(false) && natives.state() == Future.State.SUCCESS) {
            Natives started = natives.resultNow();
            started.factory.dispose();
            started.audio.dispose();
        }
    }

    private static Natives start() {
        // The default module aborts the process on a machine without a sound device.
        HeadlessAudioDeviceModule audio = new HeadlessAudioDeviceModule();
        return new Natives(audio, new PeerConnectionFactory(audio));
    }

    private Prepared create(PeerConnectionFactory factory) {
        NativeCallbacks callbacks = new NativeCallbacks();
        return new Prepared(factory.createPeerConnection(configuration(), callbacks), callbacks, System.nanoTime());
    }

    private void discard(@Nullable Prepared unused) {
        if (unused != null) {
            Runnable release = nativeRelease.of(unused.connection());
            unused.close();
            release.run();
        }
    }

    private RTCConfiguration configuration() {
        RTCConfiguration configuration = new RTCConfiguration();
        configuration.portAllocatorConfig.setDisableTcp(true);
        PortRange ports = network.portRange();
        if (ports != null) {
            configuration.portAllocatorConfig.minPort = ports.min();
            configuration.portAllocatorConfig.maxPort = ports.max();
        }
        iceServers.list().stream().map(Engine::nativeServer).forEach(configuration.iceServers::add);
        return configuration;
    }

    private static RTCIceServer nativeServer(IceServer server) {
        RTCIceServer converted = new RTCIceServer();
        converted.urls = server.urls();
        if (server.username() != null) {
            converted.username = server.username();
        }
        if (server.credential() != null) {
            converted.password = server.credential();
        }
        return converted;
    }
}
