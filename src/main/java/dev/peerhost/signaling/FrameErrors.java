package dev.peerhost.signaling;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompConversionException;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.web.socket.messaging.StompSubProtocolErrorHandler;

/**
 * Turns whatever Spring meets in a client's frame into a {@link ProtocolViolation}, which the socket answers. Spring's own
 * answer could be overtaken by the close that follows it.
 */
final class FrameErrors extends StompSubProtocolErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(FrameErrors.class);

    private final int frameLimit;

    /** For sockets that take frames of at most {@code frameLimit} bytes. */
    FrameErrors(int frameLimit) {
        this.frameLimit = frameLimit;
    }

    @Override
    public @Nullable Message<byte[]> handleClientMessageProcessingError(
            @Nullable Message<byte[]> clientMessage, Throwable exception) {
        if (clientMessage == null) {
            throw unreadable(exception);
        }
        if (exception instanceof MessageDeliveryException
                && exception.getCause() instanceof ProtocolViolation violation) {
            throw violation;
        }
        if (exception instanceof IllegalStateException) {
            // Spring's check of the order of frames.
            StompCommand command = StompHeaderAccessor.wrap(clientMessage).getCommand();
            throw command == StompCommand.CONNECT || command == StompCommand.STOMP
                    ? new ProtocolViolation("This session is connected already; CONNECT comes once.")
                    : new ProtocolViolation("The first frame must be CONNECT.");
        }
        log.error("A signaling session ended on a fault of the server", exception);
        throw new ProtocolViolation("The server failed on this frame and has logged why; connect again.");
    }

    /** Spring ends a silent session with "Session closed.": say what happened instead. */
    @Override
    public Message<byte[]> handleErrorMessageToClient(Message<byte[]> errorMessage) {
        String sentence = "Nothing came for three heart-beat intervals; connect again.";
        StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.ERROR);
        headers.setMessage(sentence);
        return MessageBuilder.createMessage(sentence.getBytes(StandardCharsets.UTF_8), headers.getMessageHeaders());
    }

    private ProtocolViolation unreadable(Throwable exception) {
        // Spring has no type of its own for a frame over the limit.
        boolean tooLarge = exception instanceof StompConversionException
                && String.valueOf(exception.getMessage()).contains("size limit");
        return tooLarge ? ProtocolViolation.frameTooLarge(frameLimit) : ProtocolViolation.noFrame();
    }
}
