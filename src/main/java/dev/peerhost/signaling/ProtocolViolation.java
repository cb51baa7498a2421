package dev.peerhost.signaling;

/** A frame after which the session cannot go on: its sentence goes out in a STOMP ERROR frame, then the socket closes. */
final class ProtocolViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProtocolViolation(String sentence) {
        super(sentence, null, false, false);
    }

    /** A frame of more than {@code limit} bytes. */
    static ProtocolViolation frameTooLarge(int limit) {
        return new ProtocolViolation("A frame may have at most %,d bytes; send less.".formatted(limit));
    }

    /** Something that cannot be read as a frame. */
    static ProtocolViolation noFrame() {
        return new ProtocolViolation(
                "This is no STOMP 1.2 frame; send a command, headers, an empty line, the body and a NUL.");
    }

    /** What was wrong, and the remedy. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
