package dev.peerhost.hosting.rules;

/** A configuration that cannot be used; the message is a sentence with file, line, key, value and remedy. */
public final class UnusableRulesException extends Exception {

    private static final long serialVersionUID = 1L;

    UnusableRulesException(String sentence) {
        super(sentence);
    }
}
