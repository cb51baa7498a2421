package dev.peerhost.hosting;

/** A folder that cannot be served; the message is a sentence for whoever named it. */
public final class UnusableFolderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableFolderException(String sentence) {
        super(sentence);
    }
}
