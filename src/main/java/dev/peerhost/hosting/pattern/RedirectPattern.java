package dev.peerhost.hosting.pattern;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A redirect's source and destination: what a path becomes. */
public final class RedirectPattern {

    /** Sends nothing away. */
    public static final RedirectPattern NEVER = new RedirectPattern(path -> false, "", null, null);

    private final UrlPattern source;
    private final String destination;
    private final @Nullable Captures captures;
    private final @Nullable PathTemplate template;

    private RedirectPattern(
            UrlPattern source, String destination, @Nullable Captures captures, @Nullable PathTemplate template) {
        this.source = source;
        this.destination = destination;
        this.captures = captures;
        this.template = template;
    }

    /** One whose source is a glob; with a {@code :name} in the destination it is a path with captures, too. */
    public static RedirectPattern ofGlob(String glob, String destination) throws BadPatternException {
        return hasCaptures(destination)
                ? new RedirectPattern(
                        Glob.parse(glob), destination, new PathPattern(glob), new PathTemplate(destination))
                : new RedirectPattern(Glob.parse(glob), destination, null, null);
    }

    /** One whose source is a regular expression. */
    public static RedirectPattern ofRegex(String expression, String destination) throws BadPatternException {
        Regex regex = Regex.parse(expression);
        return hasCaptures(destination)
                ? new RedirectPattern(regex, destination, regex, new PathTemplate(destination))
                : new RedirectPattern(regex, destination, null, null);
    }

    /** Whether some segment of it starts with a colon. */
    private static boolean hasCaptures(String destination) {
        return destination.startsWith(":") || destination.contains("/:");
    }

    /**
     * Where this path is sent.
     *
     * @param path decoded
     * @param query decoded, without its question mark; empty when there is none
     * @return encoded; null when it is not sent away, be it that a capture is missing
     */
    public @Nullable String apply(String path, String query) {
        String target = target(path);
        if (target == null) {
            return null;
        }
        String separator = target.indexOf('?') >= 0 ? "&" : query.isEmpty() ? "" : "?";
        return Uris.withoutSlashBeforeScheme(Uris.encode(target + separator + query));
    }

    private @Nullable String target(String path) {
        if (captures != null && template != null) {
            Map<String, List<String>> values = captures.find(path);
            if (values != null) {
                return template.fill(values);
            }
        }
        return source.matches(path) ? destination : null;
    }

    /** Names in the destination that the source never gives, so that the rule does nothing. */
    public List<String> missing() {
        if (captures == null || template == null) {
            return List.of();
        }
        List<String> given = captures.names();
        return template.captures().stream()
                .filter(capture -> !capture.optional() && !given.contains(capture.name()))
                .map(PathTokens.Capture::name)
                .toList();
    }
}
