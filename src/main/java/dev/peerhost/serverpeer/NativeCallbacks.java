package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStatsCollectorCallback;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.peerhost.room.IceCandidate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where native threads enter Java. Each callback becomes a {@link NativeEvent} for one consumer, which
 * must only enqueue: it runs on a thread that all connections share.
 *
 * <p>Nothing is ever thrown back: an exception that escapes a callback aborts the process.
 */
final class NativeCallbacks
        implements PeerConnectionObserver,
                RTCDataChannelObserver,
                CreateSessionDescriptionObserver,
                SetSessionDescriptionObserver,
                RTCStatsCollectorCallback {

    private static final Logger log = LoggerFactory.getLogger(NativeCallbacks.class);

    /** Cleared at the end, because the native library never lets go of an observer. */
    private volatile @Nullable Consumer<NativeEvent> consumer;

    /** Without a consumer as yet. */
    NativeCallbacks() {}

    NativeCallbacks(Consumer<NativeEvent> consumer) {
        this.consumer = consumer;
    }

    /** Has a consumer from now on. */
    void attach(Consumer<NativeEvent> first) {
        consumer = first;
    }

    /** Forgets the consumer: from now on callbacks do nothing. */
    void detach() {
        consumer = null;
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
        emit(() -> new NativeEvent.ConnectionChanged(state));
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
        emit(() -> new NativeEvent.Gathered(
                new IceCandidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex, null)));
    }

    @Override
    public void onIceGatheringChange(RTCIceGatheringState state) {
        if (state == RTCIceGatheringState.COMPLETE) {
            emit(NativeEvent.GatheringComplete::new);
        }
    }

    @Override
    public void onDataChannel(RTCDataChannel channel) {
        emit(() -> new NativeEvent.ChannelArrived(channel));
    }

    @Override
    public void onBufferedAmountChange(long previousAmount) {
        // Declared, but this version of the library never calls it.
    }

    @Override
    public void onStateChange() {
        emit(NativeEvent.ChannelChanged::new);
    }

    @Override
    public void onMessage(RTCDataChannelBuffer buffer) {
        emit(() -> {
            long now = System.nanoTime();
            // The buffer is native memory that is gone when this callback returns.
            byte[] bytes = new byte[buffer.data.remaining()];
            buffer.data.get(bytes);
            return new NativeEvent.MessageReceived(bytes, buffer.binary, now);
        });
    }

    @Override
    public void onSuccess(RTCSessionDescription description) {
        emit(() -> new NativeEvent.Succeeded(description.sdp));
    }

    @Override
    public void onSuccess() {
        emit(() -> new NativeEvent.Succeeded(""));
    }

    @Override
    public void onFailure(String message) {
        emit(() -> new NativeEvent.Failed(message));
    }

    @Override
    public void onStatsDelivered(RTCStatsReport report) {
        emit(() -> new NativeEvent.StatsDelivered(report.getStats()));
    }

    private void emit(Supplier<NativeEvent> event) {
        try {
            Consumer<NativeEvent> target = consumer;
            if (target != null) {
                target.accept(event.get());
            }
        } catch (Throwable fault) {
            report(fault);
        }
    }

    private static void report(Throwable fault) {
        try {
            log.error("A callback of the native library failed; what it reported is lost", fault);
        } catch (Throwable unreported) {
            // Out of memory or of stack: there is nothing left to report with, and throwing would abort the process.
        }
    }
}
