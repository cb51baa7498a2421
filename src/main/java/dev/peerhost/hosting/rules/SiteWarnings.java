package dev.peerhost.hosting.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what a configuration says that is no mistake for sure, but hardly what its author means. */
final class SiteWarnings {

    private final String file;
    private final Set<String> unknown = new TreeSet<>();
    private final List<String> sentences = new ArrayList<>();

    SiteWarnings(String file) {
        this.file = file;
    }

    List<String> sentences() {
        return sentences;
    }

    void add(int line, String sentence) {
        sentences.add("%s, line %d: %s".formatted(file, line, sentence));
    }

    /** Each unknown key is reported once, however often it stands there. */
    void unknownKeys(Setting object, Set<String> known) throws UnusableRulesException {
        for (String key : object.keys()) {
            if (!known.contains(key) && unknown.add(key)) {
                Setting value = object.get(key);
                add(
                        value == null ? object.line() : value.line(),
                        "%s is a key that Peerhost does not know, so it does nothing."
                                .formatted(object.key().isEmpty() ? key : object.key() + "." + key));
            }
        }
    }

    void source(RuleId id) {
        String source = id.source();
        if (source.isEmpty()) {
            add(id.line(), "%s[%d] has no source, so it never matches; give it one.".formatted(id.kind(), id.index()));
        } else if (!id.isRegex() && source.startsWith("!")) {
            add(
                    id.line(),
                    "%s[%d] has the source \"%s\": here it is for all paths that do not match what follows the !, but in"
                                    .formatted(id.kind(), id.index(), source)
                            + " Firebase's production !( … ) within a segment may decide otherwise; test it there.");
        } else if (!id.isRegex()
                && id.kind().equals("rewrites")
                && !source.startsWith("/")
                && !source.startsWith("*")) {
            add(
                    id.line(),
                    "rewrites[%d] has the source \"%s\" without a leading slash, so it never matches; write \"/%s\"."
                            .formatted(id.index(), source, source));
        }
    }

    void missingCaptures(RuleId id, List<String> names) {
        if (!names.isEmpty()) {
            add(
                    id.line(),
                    "redirects[%d] has :%s in its destination, which its source \"%s\" does not capture, so it does nothing;"
                                    .formatted(id.index(), String.join(", :", names), id.source())
                            + " name it in both.");
        }
    }

    void destination(RuleId id, String destination) {
        if (!destination.startsWith("/")) {
            add(
                    id.line(),
                    "rewrites[%d] has the destination \"%s\" without a leading slash, so it answers 404; write \"/%s\"."
                            .formatted(id.index(), destination, destination));
        }
    }
}
