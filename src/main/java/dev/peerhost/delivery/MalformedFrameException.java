package dev.peerhost.delivery;

/** The other end has sent what {@code peerhost.1} does not allow; its channel is of no use any more. */
public final class MalformedFrameException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * About one frame.
     *
     * @param sentence what is wrong with it
     */
    MalformedFrameException(String sentence) {
        // No stack trace: this is about what somebody sent, not a fault of ours.
        super(sentence, null, false, false);
    }

    /** What is wrong, for people. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
