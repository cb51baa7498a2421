package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Notices that a browser has closed its connection. That ends DTLS (close_notify, RFC 8446 section 6.1) and with it all
 * channels, but the native library tells of it nowhere but in its statistics; ICE would take seconds.
 *
 * @param connection that may be closed by the browser, not yet by us
 * @param operations runs an operation in turn, unless we have closed the connection by then
 * @param whenClosed what to do when the browser has; run in turn, perhaps twice
 */
record RemoteClose(RTCPeerConnection connection, Consumer<Runnable> operations, Runnable whenClosed) {

    /** SCTP may end the channels a moment before DTLS ends, and statistics are up to 50 ms old. */
    private static final Executor A_MOMENT_LATER = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

    /** Looks, now and a moment later; for when a last channel has closed, and in turn. */
    void look() {
        ask();
        A_MOMENT_LATER.execute(() -> operations.accept(this::ask));
    }

    private void ask() {
        connection.getStats(new NativeCallbacks(event -> operations.accept(() -> judge(event))));
    }

    private void judge(NativeEvent event) {
        if (event instanceof NativeEvent.StatsDelivered delivered
                && delivered.stats().values().stream()
                        .anyMatch(part -> part.getType() == RTCStatsType.TRANSPORT
                                && "closed".equals(part.getAttributes().get("dtlsState")))) {
            whenClosed.run();
        }
    }
}
