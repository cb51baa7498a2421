package dev.peerhost.signaling;

import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * What is on its way to one socket, in order. Adding never blocks, and nor does writing, one frame at a time: what the
 * socket does not take at once goes on when it can. A receiver that reads so slowly that {@value #MAX_FRAMES} frames or
 * {@value #MAX_CHARACTERS} characters wait is cut off: it could not be told everything any more.
 */
final class Outbox {

    static final int MAX_FRAMES = 4096;
    static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    /** How long a socket may take nothing of a frame, in milliseconds. */
    private static final long SEND_TIME_LIMIT_MS = 20_000;

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final NativeWebSocketSession socket;
    private final PlainReading reading;
    private final RemoteEndpoint.Async remote;
    private final Executor writers;
    private final Executor closers;
    private final SignalingCounts counts;
    private final Queue<String> frames = new ArrayDeque<>();
    private int characters;
    private boolean draining;
    private @Nullable CloseStatus end;

    /**
     * Writes to {@code socket}.
     *
     * @param writers runs what writes and does not block, never while it is called
     * @param closers runs what closes the socket, on a thread that may block
     */
    Outbox(NativeWebSocketSession socket, Executor writers, Executor closers, SignalingCounts counts) {
        this.socket = socket;
        this.reading = PlainReading.of(socket.getAttributes());
        this.remote =
                Objects.requireNonNull(socket.getNativeSession(Session.class)).getAsyncRemote();
        this.writers = writers;
        this.closers = closers;
        this.counts = counts;
        remote.setSendTimeout(SEND_TIME_LIMIT_MS);
    }

    /** The address that the socket comes from, null when the web server does not know. */
    @Nullable
    String address() {
        InetSocketAddress remote = socket.getRemoteAddress();
        return remote == null || remote.getAddress() == null
                ? null
                : remote.getAddress().getHostAddress();
    }

    /** Puts a frame at the end; after the end of the session it is dropped. */
    void add(String frame) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            if (frames.size() == MAX_FRAMES || characters + frame.length() > MAX_CHARACTERS) {
                log.info("Signaling session {} reads too slowly and is cut off", socket.getId());
                counts.slowReader();
                cut(CloseStatus.POLICY_VIOLATION.withReason("You read too slowly; connect again."));
                return;
            }
            frames.add(frame);
            characters += frame.length();
        }
        wakeWriter();
    }

    /** Closes the socket with {@code status} after what has been added. */
    void close(CloseStatus status) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = status;
        }
        wakeWriter();
    }

    /** Closes the socket with {@code status} at once; what waits is dropped. */
    synchronized void cut(CloseStatus status) {
        if (end != null && frames.isEmpty()) {
            return;
        }
        frames.clear();
        characters = 0;
        end = status;
        // A frame that is stuck in this very socket would never come to see the end.
        closeSocket(status);
    }

    private void wakeWriter() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        // Tomcat itself writes to one that is not plain, a pong for instance, and may wait: so may who writes beside
        // it.
        (reading.isPlain() ? writers : closers).execute(this::drain);
    }

    private void drain() {
        for (String frame = next(); frame != null; frame = next()) {
            Sending sending = new Sending();
            try {
                remote.sendText(frame, sending);
            } catch (RuntimeException broken) {
                discard(broken);
                continue;
            }
            if (sending.isUnderWay()) {
                return;
            }
        }
        CloseStatus status = end();
        if (status != null) {
            closeSocket(status);
        }
    }

    private void closeSocket(CloseStatus status) {
        closers.execute(() -> SignalingSocket.close(socket, status));
    }

    private synchronized @Nullable String next() {
        String frame = frames.poll();
        if (frame == null) {
            draining = false;
        } else {
            characters -= frame.length();
        }
        return frame;
    }

    /** The socket is gone, which its own close event reports; nobody will read the rest. */
    private synchronized void discard(Throwable broken) {
        log.debug("Signaling session {} broke: {}", socket.getId(), broken.toString());
        frames.clear();
        characters = 0;
        end = CloseStatus.SERVER_ERROR;
    }

    private synchronized @Nullable CloseStatus end() {
        return end;
    }

    /** One frame that was given to the socket: whoever comes second, its end or who began it, goes on with the next. */
    private final class Sending implements SendHandler {

        private final AtomicBoolean first = new AtomicBoolean();

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                discard(result.getException());
            }
            if (!first.compareAndSet(false, true)) {
                drain();
            }
        }

        boolean isUnderWay() {
            return first.compareAndSet(false, true);
        }
    }
}
