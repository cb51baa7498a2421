package dev.peerhost.channel;

/** Channels would not know which handler is theirs, or could not call it; the message is a sentence that names the bean. */
public final class UnusableHandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableHandlerException(String sentence) {
        super(sentence);
    }
}
