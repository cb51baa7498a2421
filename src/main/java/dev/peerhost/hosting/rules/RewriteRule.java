package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.UrlPattern;

/** Answers paths that have no file with something else. */
public record RewriteRule(RuleId id, UrlPattern pattern, Target target) {

    /** What answers. */
    public sealed interface Target {}

    /** A file of the site. */
    public record ToFile(String destination) implements Target {}

    /**
     * A program elsewhere.
     *
     * @param kind {@code function}, {@code run} or {@code dynamicLinks}
     * @param name of the function or service
     */
    public record ToService(String kind, String name) implements Target {}
}
