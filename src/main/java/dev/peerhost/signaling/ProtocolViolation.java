package dev.peerhost.signaling;

/** A frame after which the session cannot go on: its sentence goes out in a STOMP ERROR frame, then the socket closes. */
final class ProtocolViolation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProtocolViolation(String sentence) {
        super(sentence, null, false, false);
    }

    /** What was wrong, and the remedy. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}
