package dev.peerhost.signaling;

/** The application configures STOMP over WebSocket itself; the message is a sentence that names the bean. */
public final class SecondBrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SecondBrokerException(String sentence) {
        super(sentence);
    }
}
