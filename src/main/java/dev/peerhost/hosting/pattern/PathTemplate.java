package dev.peerhost.hosting.pattern;

import dev.peerhost.hosting.pattern.PathTokens.Capture;
import dev.peerhost.hosting.pattern.PathTokens.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A destination with names of captures in it. */
final class PathTemplate {

    private record Part(PathTokens.Token token, @Nullable Automaton body) {}

    private final List<Part> parts = new ArrayList<>();

    PathTemplate(String destination) throws BadPatternException {
        for (PathTokens.Token token : PathTokens.parse(destination)) {
            parts.add(new Part(token, token instanceof Capture capture ? new Automaton(capture.body()) : null));
        }
    }

    /** The captures that it needs or may have. */
    List<Capture> captures() {
        return parts.stream()
                .filter(part -> part.token instanceof Capture)
                .map(part -> (Capture) part.token)
                .toList();
    }

    /**
     * The destination with these values.
     *
     * @return null when one is missing, or has more parts than its place takes
     */
    @Nullable
    String fill(Map<String, List<String>> values) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            switch (part.token) {
                case Text(String text) -> filled.append(text);
                case Capture capture -> {
                    List<String> value = values.get(capture.name());
                    if (value == null && capture.optional()) {
                        filled.append(capture.partial() ? capture.prefix() : "");
                    } else {
                        String encoded = value == null ? null : encoded(capture, value, part.body);
                        if (encoded == null) {
                            return null;
                        }
                        filled.append(capture.prefix()).append(encoded);
                    }
                }
            }
        }
        return Uris.decodeComponents(filled.toString());
    }

    private static @Nullable String encoded(Capture capture, List<String> value, @Nullable Automaton body) {
        if (value.size() > 1 && !capture.repeat()) {
            return null;
        }
        StringJoiner joined = new StringJoiner(capture.delimiter());
        for (String one : value) {
            String text = capture.asterisk() && value.size() == 1 ? Uris.encodePath(one) : Uris.encodeComponent(one);
            if (body == null || !body.matches(text)) {
                return null;
            }
            joined.add(text);
        }
        return joined.toString();
    }
}
