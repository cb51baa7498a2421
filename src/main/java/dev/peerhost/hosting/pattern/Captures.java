package dev.peerhost.hosting.pattern;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a redirect's source captures for its destination. */
sealed interface Captures permits PathPattern, Regex {

    /**
     * The values by name; one with slashes in several parts.
     *
     * @return null when the source does not match
     */
    @Nullable
    Map<String, List<String>> find(String path);

    /** All names that it can give a value to. */
    List<String> names();
}
