package dev.peerhost.hosting.rules;

/**
 * Which rule it is.
 *
 * @param kind {@code redirects}, {@code rewrites} or {@code headers}
 * @param index from 0
 * @param line of {@code firebase.json}, from 1
 * @param source its glob or expression as written, empty when it has none
 * @param isRegex whether that is a regular expression
 */
public record RuleId(String kind, int index, int line, String source, boolean isRegex) {

    /** Short, as {@code redirects[2] line 14}. */
    public String label() {
        return "%s[%d] line %d".formatted(kind, index, line);
    }
}
