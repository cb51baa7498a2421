package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Braces as Bash expands them: {@code a{b,c}d} is {@code abd} and {@code acd}, {@code {1..3}} is 1, 2 and 3. */
final class Braces {

    static final int MOST_EXPANSIONS = 500;

    private static final Pattern NUMBERS = Pattern.compile("(-?\\d{1,9})\\.\\.(-?\\d{1,9})(?:\\.\\.(-?\\d{1,9}))?");
    private static final Pattern LETTERS = Pattern.compile("([a-zA-Z])\\.\\.([a-zA-Z])(?:\\.\\.(-?\\d{1,9}))?");
    // Stand in for what a backslash makes ordinary; no path has them, since they are for private use.
    private static final String ESCAPABLE = "\\{},.";
    private static final char FIRST_STAND_IN = '\uE000';
    private static final char CLOSED = (char) (FIRST_STAND_IN + ESCAPABLE.indexOf('}'));

    private Braces() {}

    static List<String> expand(String pattern) throws BadPatternException {
        int open = pattern.indexOf('{');
        if (open < 0 || pattern.indexOf('}', open) < 0) {
            return List.of(pattern);
        }
        String text = pattern.startsWith("{}") ? "\\{\\}" + pattern.substring(2) : pattern;
        List<String> expanded = new ArrayList<>();
        for (String one : expand(escaped(text), true)) {
            expanded.add(unescaped(one));
        }
        return expanded;
    }

    private static List<String> expand(String given, boolean isTop) throws BadPatternException {
        String text = given;
        while (true) {
            int[] pair = Balanced.find(text);
            if (pair == null) {
                return List.of(text);
            }
            String before = text.substring(0, pair[0]);
            String body = text.substring(pair[0] + 1, pair[1]);
            String after = text.substring(pair[1] + 1);
            if (before.endsWith("$")) {
                return combine(List.of(before + "{" + body + "}"), expand(after, false), false);
            }
            List<String> values = sequence(body);
            boolean isSequence = values != null;
            if (values == null && body.indexOf(',') >= 0) {
                values = options(body);
            }
            if (values != null) {
                return combine(prefixed(before, values), expand(after, false), isTop && !isSequence);
            }
            if (!Balanced.hasOptions(after)) {
                return List.of(text);
            }
            text = before + "{" + body + CLOSED + after;
        }
    }

    private static List<String> options(String body) throws BadPatternException {
        List<String> parts = Balanced.split(body);
        List<String> values = new ArrayList<>();
        if (parts.size() == 1) {
            for (String inner : expand(parts.getFirst(), false)) {
                values.add("{" + inner + "}");
            }
            if (values.size() == 1) {
                return values;
            }
            parts = values;
            values = new ArrayList<>();
        }
        for (String part : parts) {
            values.addAll(expand(part, false));
            bound(values.size());
        }
        return values;
    }

    private static @Nullable List<String> sequence(String body) throws BadPatternException {
        Matcher letters = LETTERS.matcher(body);
        if (letters.matches()) {
            return steps(letters.group(1).charAt(0), letters.group(2).charAt(0), letters.group(3), -1);
        }
        Matcher numbers = NUMBERS.matcher(body);
        if (!numbers.matches()) {
            return null;
        }
        boolean padded = body.matches("(.*\\.)?-?0\\d.*");
        int width = Math.max(numbers.group(1).length(), numbers.group(2).length());
        return steps(
                Integer.parseInt(numbers.group(1)),
                Integer.parseInt(numbers.group(2)),
                numbers.group(3),
                padded ? width : 0);
    }

    private static List<String> steps(int from, int to, @Nullable String step, int width) throws BadPatternException {
        int by = step == null ? 1 : Math.max(Math.abs(Integer.parseInt(step)), 1);
        bound(Math.abs((long) to - from) / by);
        List<String> values = new ArrayList<>();
        for (int i = from; from <= to ? i <= to : i >= to; i += from <= to ? by : -by) {
            String value = width < 0
                    ? Character.toString(i)
                    : width == 0 ? Integer.toString(i) : ("%0" + width + "d").formatted(i);
            values.add(value.equals("\\") ? "" : value);
        }
        return values;
    }

    private static List<String> prefixed(String before, List<String> values) {
        return values.stream().map(value -> before + value).toList();
    }

    private static List<String> combine(List<String> firsts, List<String> seconds, boolean dropEmpty)
            throws BadPatternException {
        bound((long) firsts.size() * seconds.size());
        List<String> all = new ArrayList<>();
        for (String first : firsts) {
            for (String second : seconds) {
                if (!dropEmpty || !(first + second).isEmpty()) {
                    all.add(first + second);
                }
            }
        }
        return all;
    }

    private static void bound(long count) throws BadPatternException {
        if (count > MOST_EXPANSIONS) {
            throw new BadPatternException("has braces that stand for more than %d patterns; make several rules of it"
                    .formatted(MOST_EXPANSIONS));
        }
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int stand = text.charAt(i) == '\\' && i + 1 < text.length() ? ESCAPABLE.indexOf(text.charAt(i + 1)) : -1;
            result.append(stand < 0 ? text.charAt(i) : (char) (FIRST_STAND_IN + stand));
            i += stand < 0 ? 0 : 1;
        }
        return result.toString();
    }

    private static String unescaped(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int stand = text.charAt(i) - FIRST_STAND_IN;
            result.append(stand >= 0 && stand < ESCAPABLE.length() ? ESCAPABLE.charAt(stand) : text.charAt(i));
        }
        return result.toString();
    }
}
