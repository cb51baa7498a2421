package dev.peerhost.signaling;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompConversionException;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.messaging.support.MessageHeaderAccessor;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/** Turns what ends a session into a STOMP 1.2 ERROR frame with a sentence; Spring closes the socket after it. */
final class ErrorFrames extends StompSubProtocolErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(ErrorFrames.class);

    private final int frameLimit;

    /** For sockets that take frames of at most {@code frameLimit} bytes. */
    ErrorFrames(int frameLimit) {
        this.frameLimit = frameLimit;
    }

    @Override
    public Message<byte[]> handleClientMessageProcessingError(
            @Nullable Message<byte[]> clientMessage, Throwable exception) {
        String sentence = sentence(exception);
        StompHeaderAccessor error = StompHeaderAccessor.create(StompCommand.ERROR);
        error.setMessage(sentence);
        error.setNativeHeader("content-type", "text/plain;charset=utf-8");
        if (clientMessage != null) {
            StompHeaderAccessor cause = MessageHeaderAccessor.getAccessor(clientMessage, StompHeaderAccessor.class);
            if (cause != null && cause.getReceipt() != null) {
                error.setReceiptId(cause.getReceipt());
            }
        }
        return MessageBuilder.createMessage(sentence.getBytes(StandardCharsets.UTF_8), error.getMessageHeaders());
    }

    /** Spring ends a silent session with "Session closed.": say what happened instead. */
    @Override
    public Message<byte[]> handleErrorMessageToClient(Message<byte[]> errorMessage) {
        return handleClientMessageProcessingError(
                null, new ProtocolViolation("Nothing came for three heart-beat intervals; connect again."));
    }

    private String sentence(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolViolation violation) {
                return String.valueOf(violation.getMessage());
            }
            if (cause instanceof StompConversionException malformed) {
                return malformed(malformed);
            }
        }
        log.error("A signaling session ended on an unexpected failure", exception);
        return "The server failed on this frame and has logged why; connect again.";
    }

    private String malformed(StompConversionException malformed) {
        // Spring has no type of its own for a frame over the limit.
        return String.valueOf(malformed.getMessage()).contains("limit")
                ? "A frame may have at most %,d bytes; send less.".formatted(frameLimit)
                : "This is no STOMP 1.2 frame; send a command, headers, an empty line, the body and a NUL octet.";
    }
}
