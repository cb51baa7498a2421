package dev.peerhost.signaling;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;

/**
 * What every signaling socket has before any STOMP is spoken: a deadline for CONNECT, small buffers, and one writer at
 * a time.
 */
final class SignalingSocket extends WebSocketHandlerDecorator {

    /** The session attribute with the {@link WebSocketSession} that is safe to write to from any thread. */
    static final String WRITER = SignalingSocket.class.getName() + ".writer";

    private static final String DEADLINE = SignalingSocket.class.getName() + ".deadline";
    private static final Logger log = LoggerFactory.getLogger(SignalingSocket.class);
    private final Duration connectTimeout;
    private final TaskScheduler scheduler;
    private final Executor executor;
    private final Frames frames;
    private final SignalingCounts counts;

    SignalingSocket(
            WebSocketHandler delegate,
            Duration connectTimeout,
            TaskScheduler scheduler,
            Executor executor,
            Frames frames,
            SignalingCounts counts) {
        super(delegate);
        this.connectTimeout = connectTimeout;
        this.scheduler = scheduler;
        this.executor = executor;
        this.frames = frames;
        this.counts = counts;
    }

    /** Frames arrive in pieces, so that the container's buffer per session can be small and a frame still large. */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) throws Exception {
        counts.opened();
        WebSocketSession writer = new Writer(session);
        session.getAttributes().put(WRITER, writer);
        session.getAttributes()
                .put(
                        DEADLINE,
                        scheduler.schedule(
                                () -> closeUnlessConnected(writer),
                                Instant.now().plus(connectTimeout)));
        super.afterConnectionEstablished(writer);
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
        try {
            super.handleMessage(session, message);
        } catch (ProtocolViolation violation) {
            StompSession connected = StompSession.find(session.getAttributes());
            if (connected != null) {
                connected.fail(violation.sentence());
            } else if (session.getAttributes().get(WRITER) instanceof WebSocketSession writer) {
                writer.sendMessage(frames.error(violation.sentence()));
                close(writer, CloseStatus.PROTOCOL_ERROR);
            }
        }
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
        if (session.getAttributes().remove(DEADLINE) instanceof Future<?> deadline) {
            deadline.cancel(false);
            counts.ended();
        }
        super.afterConnectionClosed(session, status);
    }

    private void closeUnlessConnected(WebSocketSession session) {
        if (StompSession.find(session.getAttributes()) == null) {
            executor.execute(() -> close(
                    session,
                    CloseStatus.POLICY_VIOLATION.withReason(
                            "No CONNECT frame came within %d ms.".formatted(connectTimeout.toMillis()))));
        }
    }

    /** Closes a socket; one that is closed already, or broken, is left to the container. May block: not on a scheduler. */
    static void close(WebSocketSession session, CloseStatus status) {
        try {
            session.close(status);
        } catch (Exception broken) {
            log.debug("Socket {} could not be closed in order: {}", session.getId(), broken.toString());
        }
    }

    /** One sender at a time, in turn: the container refuses a second one, and Spring's decorator reorders the close. */
    private static final class Writer extends WebSocketSessionDecorator {

        private final Lock turn = new ReentrantLock();

        Writer(WebSocketSession session) {
            super(session);
        }

        @Override
        public void sendMessage(WebSocketMessage<?> message) throws IOException {
            turn.lock();
            try {
                super.sendMessage(message);
            } finally {
                turn.unlock();
            }
        }

        /** Spring's STOMP handler asks for 16 KiB a session, which partial messages make needless. */
        @Override
        public void setTextMessageSizeLimit(int limit) {}
    }
}
