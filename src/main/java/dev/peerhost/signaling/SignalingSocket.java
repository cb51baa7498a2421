package dev.peerhost.signaling;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * What every signaling socket has before any STOMP is spoken: a deadline for CONNECT, small buffers, whole frames in and one
 * outbox out.
 */
final class SignalingSocket extends WebSocketHandlerDecorator {

    private static final Logger log = LoggerFactory.getLogger(SignalingSocket.class);
    private final Duration connectTimeout;
    private final TaskScheduler scheduler;
    private final Writers writers;
    private final Executor closers;
    private final RoomController controller;
    private final Frames frames;
    private final SignalingCounts counts;

    SignalingSocket(
            WebSocketHandler delegate,
            Duration connectTimeout,
            TaskScheduler scheduler,
            Writers writers,
            Executor closers,
            RoomController controller,
            Frames frames,
            SignalingCounts counts) {
        super(delegate);
        this.connectTimeout = connectTimeout;
        this.scheduler = scheduler;
        this.writers = writers;
        this.closers = closers;
        this.controller = controller;
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
        Outbox outbox = new Outbox((NativeWebSocketSession) session, writers, closers, counts);
        Future<?> deadline = scheduler.schedule(
                () -> closeUnlessConnected(session, outbox), Instant.now().plus(connectTimeout));
        OpenSocket socket = new OpenSocket(session, outbox, deadline);
        PlainReading.of(session.getAttributes()).to((text, mayWait) -> take(text, mayWait, session, socket));
        super.afterConnectionEstablished(socket);
    }

    @Override
    public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
        OpenSocket socket = OpenSocket.find(session.getAttributes());
        if (socket == null) {
            return;
        }
        if (message instanceof TextMessage text) {
            read(text.getPayload(), session, socket);
        } else {
            super.handleMessage(session, message);
        }
    }

    /** What was read by whom must not wait is taken if it leads to a room and nowhere else: what listens to Spring may wait. */
    private boolean take(String piece, boolean mayWait, WebSocketSession session, OpenSocket socket) {
        if (OpenSocket.find(session.getAttributes()) == null) {
            return true;
        }
        if (!mayWait && !leadsToRoom(piece, session, socket)) {
            return false;
        }
        try {
            read(piece, session, socket);
        } catch (Exception fault) {
            log.error("Signaling session {} ended on a fault of the server", session.getId(), fault);
            socket.close(CloseStatus.SERVER_ERROR);
        }
        return true;
    }

    private static boolean leadsToRoom(String piece, WebSocketSession session, OpenSocket socket) {
        StompSession from = StompSession.find(session.getAttributes());
        return from != null
                && from.speaks()
                && socket.isBetweenFrames()
                && (SendFrame.isIn(piece) || piece.equals(FrameReader.HEART_BEAT));
    }

    private void read(String piece, WebSocketSession session, OpenSocket socket) throws Exception {
        writers.read(() -> {
            try {
                socket.read(piece, frame -> take(frame, session, socket));
            } catch (ProtocolViolation violation) {
                if (StompSession.find(session.getAttributes()) != null) {
                    counts.failed();
                }
                socket.refuse(frames.error(violation.sentence()));
            }
        });
    }

    /** A signal goes straight to the room; whatever else there is, Spring's STOMP support knows. */
    private void take(String frame, WebSocketSession session, OpenSocket socket) throws Exception {
        StompSession from = StompSession.find(session.getAttributes());
        SendFrame send = from != null && from.speaks() ? SendFrame.usual(frame) : null;
        if (from == null || send == null) {
            toSpring(frame, session, socket);
            return;
        }
        controller.handle(from, send.destination(), send.body());
        if (socket.isBrokerToHear()) {
            toSpring(FrameReader.HEART_BEAT, session, socket);
        }
    }

    private void toSpring(String frame, WebSocketSession session, OpenSocket socket) throws Exception {
        socket.brokerHears();
        super.handleMessage(session, new TextMessage(frame));
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
        OpenSocket socket = OpenSocket.find(session.getAttributes());
        if (socket != null && socket.ended()) {
            counts.ended();
        }
        super.afterConnectionClosed(session, status);
    }

    private void closeUnlessConnected(WebSocketSession session, Outbox outbox) {
        if (StompSession.find(session.getAttributes()) == null) {
            outbox.close(CloseStatus.POLICY_VIOLATION.withReason(
                    "No CONNECT frame came within %d ms.".formatted(connectTimeout.toMillis())));
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
}
