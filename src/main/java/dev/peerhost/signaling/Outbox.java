package dev.peerhost.signaling;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * What is on its way to one socket, in order. Adding never blocks; one task at a time writes, on a thread that may
 * block. A receiver that reads so slowly that {@value #MAX_FRAMES} frames or {@value #MAX_BYTES} bytes wait is cut off:
 * it could not be told everything any more.
 */
final class Outbox {

    static final int MAX_FRAMES = 4096;
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Outbox.class);

    private final WebSocketSession socket;
    private final Executor executor;
    private final SignalingCounts counts;
    private final Queue<TextMessage> frames = new ArrayDeque<>();
    private int bytes;
    private boolean draining;
    private @Nullable CloseStatus end;

    /** Writes to {@code socket} by tasks that {@code executor} runs on threads that may block. */
    Outbox(WebSocketSession socket, Executor executor, SignalingCounts counts) {
        this.socket = socket;
        this.executor = executor;
        this.counts = counts;
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
    void add(TextMessage frame) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            if (frames.size() == MAX_FRAMES || bytes + frame.getPayloadLength() > MAX_BYTES) {
                log.info("Signaling session {} reads too slowly and is cut off", socket.getId());
                counts.slowReader();
                cut(CloseStatus.POLICY_VIOLATION.withReason("You read too slowly; connect again."));
                return;
            }
            frames.add(frame);
            bytes += frame.getPayloadLength();
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
        bytes = 0;
        end = status;
        // A writer that is stuck in this very socket would never come to see the end.
        executor.execute(() -> SignalingSocket.close(socket, status));
    }

    private void wakeWriter() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        for (TextMessage frame = next(); frame != null; frame = next()) {
            try {
                socket.sendMessage(frame);
            } catch (Exception broken) {
                // The socket is gone, which its own close event reports; nobody will read the rest.
                log.debug("Signaling session {} broke: {}", socket.getId(), broken.toString());
                discard();
            }
        }
        CloseStatus status = end();
        if (status != null) {
            SignalingSocket.close(socket, status);
        }
    }

    private synchronized @Nullable TextMessage next() {
        TextMessage frame = frames.poll();
        if (frame == null) {
            draining = false;
        } else {
            bytes -= frame.getPayloadLength();
        }
        return frame;
    }

    private synchronized void discard() {
        frames.clear();
        bytes = 0;
        end = CloseStatus.SERVER_ERROR;
    }

    private synchronized @Nullable CloseStatus end() {
        return end;
    }
}
