package dev.peerhost.hosting.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of RE2, which matches anywhere in a path. Named groups are written {@code (?<name>…)} or
 * {@code (?P<name>…)}.
 */
public final class Regex implements UrlPattern, Captures {

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles an expression.
     *
     * @throws BadPatternException when RE2 does not know it, as it knows neither look-arounds nor back references
     */
    public static Regex parse(String source) throws BadPatternException {
        try {
            return new Regex(Pattern.compile(source));
        } catch (PatternSyntaxException e) {
            throw new BadPatternException("is no regular expression of RE2: %s".formatted(e.getMessage()));
        }
    }

    @Override
    public boolean matches(String path) {
        return pattern.matcher(path).find();
    }

    @Override
    public @Nullable Map<String, List<String>> find(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.find()) {
            return null;
        }
        Map<String, List<String>> values = new HashMap<>();
        for (int group = 0; group <= matcher.groupCount(); group++) {
            String value = matcher.group(group);
            if (value != null) {
                values.put(Integer.toString(group), List.of(value));
            }
        }
        pattern.namedGroups().forEach((name, group) -> {
            String value = matcher.group(group);
            if (value != null) {
                values.put(name, List.of(value));
            }
        });
        return values;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(pattern.namedGroups().keySet());
        for (int group = 0; group <= pattern.groupCount(); group++) {
            names.add(Integer.toString(group));
        }
        return names;
    }
}
