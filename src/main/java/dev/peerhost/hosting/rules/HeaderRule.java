package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.UrlPattern;
import java.util.List;

/** Adds header fields to the answers for some paths. */
public record HeaderRule(RuleId id, UrlPattern pattern, List<Field> fields) {

    /** One header field. */
    public record Field(String name, String value) {}
}
