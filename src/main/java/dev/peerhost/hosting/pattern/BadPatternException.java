package dev.peerhost.hosting.pattern;

/** A pattern that cannot be used; the message says why, as a part of a sentence. */
public final class BadPatternException extends Exception {

    private static final long serialVersionUID = 1L;

    BadPatternException(String why) {
        super(why);
    }
}
