package dev.peerhost.hosting.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value of a JSON file, and where it stands.
 *
 * @param file its name
 * @param key the way to it, as {@code hosting.redirects[2].type}; empty for the whole
 * @param line from 1
 * @param value a String, Number, Boolean, {@code List<Setting>}, {@code Map<String, Setting>}, or null
 */
record Setting(String file, String key, int line, @Nullable Object value) {

    private static final int LONGEST_SHOWN = 80;

    /** A key's value; null when it is missing or null. */
    @Nullable
    Setting get(String name) throws UnusableRulesException {
        Setting found = members().get(name);
        return found == null || found.value == null ? null : found;
    }

    Set<String> keys() throws UnusableRulesException {
        return members().keySet();
    }

    @SuppressWarnings("unchecked") // SettingReader puts nothing else in.
    private Map<String, Setting> members() throws UnusableRulesException {
        if (value instanceof Map<?, ?> members) {
            return (Map<String, Setting>) members;
        }
        throw problem("which is no object; write { … }");
    }

    boolean isObject() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    boolean isText() {
        return value instanceof String;
    }

    @SuppressWarnings("unchecked") // SettingReader puts nothing else in.
    List<Setting> list() throws UnusableRulesException {
        if (value instanceof List<?> list) {
            return (List<Setting>) list;
        }
        throw problem("which is no list; write [ … ]");
    }

    String text() throws UnusableRulesException {
        if (value instanceof String text) {
            return text;
        }
        throw problem("which is no text; put it in quotes");
    }

    /** Text, or a number or truth value as text. */
    String scalar() throws UnusableRulesException {
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw problem("which is no text; put it in quotes");
    }

    boolean flag() throws UnusableRulesException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw problem("which is neither true nor false; write one of these, without quotes");
    }

    int number(int least, int most, String remedy) throws UnusableRulesException {
        if (value instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw problem(remedy);
    }

    /** What is wrong with it, as the rest of a sentence that starts with its place, key and value. */
    UnusableRulesException problem(String rest) {
        String subject = key.isEmpty() ? "the whole" : key;
        return new UnusableRulesException("%s, line %d: %s is %s, %s.".formatted(file, line, subject, shown(), rest));
    }

    private String shown() {
        return switch (value) {
            case null -> "null";
            case String text when text.length() > LONGEST_SHOWN -> '"' + text.substring(0, LONGEST_SHOWN) + "…\"";
            case String text -> '"' + text + '"';
            case List<?> list -> list.isEmpty() ? "[]" : "a list";
            case Map<?, ?> members -> members.isEmpty() ? "{}" : "an object";
            default -> value.toString();
        };
    }
}
