package dev.peerhost.hosting.pattern;

import dev.peerhost.hosting.pattern.PathTokens.Capture;
import dev.peerhost.hosting.pattern.PathTokens.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A source with captures, in any case, with or without a slash at its end. */
final class PathPattern implements Captures {

    private final List<String> names = new ArrayList<>();
    private final Automaton automaton;

    PathPattern(String source) throws BadPatternException {
        List<Node> parts = new ArrayList<>();
        boolean endsInSlash = false;
        for (PathTokens.Token token : PathTokens.parse(source)) {
            switch (token) {
                case Text(String text) -> {
                    parts.add(Node.literalInAnyCase(text));
                    endsInSlash = text.endsWith("/");
                }
                case Capture capture -> {
                    parts.add(node(capture, names.size()));
                    names.add(capture.name());
                    endsInSlash = false;
                }
            }
        }
        if (endsInSlash) {
            Node.Sequence last = (Node.Sequence) parts.removeLast();
            parts.add(new Node.Sequence(last.parts().subList(0, last.parts().size() - 1)));
        }
        parts.add(new Node.Repeat(Node.literal("/"), true, false, true));
        this.automaton = new Automaton(new Node.Sequence(parts));
    }

    private static Node node(Capture capture, int number) {
        Node prefix = Node.literal(capture.prefix());
        Node body = capture.body();
        if (capture.repeat()) {
            Node more = new Node.Repeat(new Node.Sequence(List.of(prefix, body)), true, true, true);
            body = new Node.Sequence(List.of(body, more));
        }
        Node group = new Node.Group(number, body);
        if (!capture.optional()) {
            return new Node.Sequence(List.of(prefix, group));
        }
        return capture.partial()
                ? new Node.Sequence(List.of(prefix, new Node.Repeat(group, true, false, true)))
                : new Node.Repeat(new Node.Sequence(List.of(prefix, group)), true, false, true);
    }

    @Override
    public @Nullable Map<String, List<String>> find(String path) {
        List<@Nullable String> groups = automaton.match(path);
        if (groups == null) {
            return null;
        }
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String value = i < groups.size() ? groups.get(i) : null;
            if (value == null) {
                values.remove(names.get(i));
            } else {
                values.put(names.get(i), List.of(value.split("/", -1)));
            }
        }
        return values;
    }

    @Override
    public List<String> names() {
        return names;
    }
}
