package dev.peerhost.channel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel's label, read as {@code name?key=value&key}: the name picks the handler, the parameters are for it.
 *
 * @param name what stands before the first question mark
 * @param parameters in {@code application/x-www-form-urlencoded}, as {@code URLSearchParams} writes them; the first of
 *     several with one key counts, and one without {@code =} has an empty value
 */
public record ChannelLabel(String name, Map<String, String> parameters) {

    private static final int LONGEST_SHOWN = 64;

    /** Keeps a copy of the parameters. */
    public ChannelLabel {
        parameters = Map.copyOf(parameters);
    }

    /** Reads a label; there is none that cannot be read. */
    public static ChannelLabel parse(String label) {
        int question = label.indexOf('?');
        if (question < 0) {
            return new ChannelLabel(label, Map.of());
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : label.substring(question + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!key.isEmpty()) {
                parameters.putIfAbsent(key, equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new ChannelLabel(label.substring(0, question), parameters);
    }

    /** A parameter's value, or null when it is not given. */
    public @Nullable String parameter(String key) {
        return parameters.get(key);
    }

    /** As it stands in the log: the name in quotes, cut to 64 characters, without control characters. */
    @Override
    public String toString() {
        String shown = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            // As the WHATWG URL standard has it: a percent sign that starts no escape stands for itself.
            return text;
        }
    }
}
