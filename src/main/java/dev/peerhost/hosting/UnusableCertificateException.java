package dev.peerhost.hosting;

/** There is no certificate to serve with; the message is a sentence with what to do. */
public final class UnusableCertificateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableCertificateException(String sentence) {
        super(sentence);
    }
}
