package dev.peerhost.hosting.pattern;

/** Which paths a rule is for. */
@FunctionalInterface
public interface UrlPattern {

    /** Whether the rule is for this path. */
    boolean matches(String path);
}
