package dev.peerhost;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells an option that there is from a slip of the pen. Settings of Spring Boot, {@code --server.port=…}, are too many to
 * know and pass; our own are all in the metadata that the build makes of them.
 */
final class KnownOptions {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final String OURS = "peerhost.";

    /** Two letters that changed places are two slips; in a long word, a third of it may be wrong. */
    private static final int SLIPS = 2;

    private static final int PART = 3;

    private KnownOptions() {}

    /**
     * The setting that an argument is, if it can be one.
     *
     * @param name what stands before its equals sign
     * @throws CommandLine.UnusableArgumentException when there is none of that name
     */
    static String check(String name, String argument, Collection<String> valued, Collection<String> switches) {
        String key = name.substring(2);
        if (!key.contains(".")) {
            throw unknown(
                    name,
                    Stream.of(valued, switches).flatMap(Collection::stream).toList());
        }
        if (key.startsWith(OURS)) {
            List<String> ours = ours();
            if (ours.stream().noneMatch(known -> uniform(known).equals(uniform(key)))) {
                throw unknown(name, ours.stream().map(known -> "--" + known).toList());
            }
        }
        return argument;
    }

    /** As Spring Boot takes a name: in any case, with dashes or without, for a list with the index of one element. */
    private static String uniform(String key) {
        return key.replaceAll("\\[.*", "").toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    private static List<String> ours() {
        // The class path has one of each library, and ours comes first.
        try (InputStream in = KnownOptions.class.getClassLoader().getResourceAsStream(METADATA)) {
            if (in == null) {
                throw new IllegalStateException("This build of Peerhost lacks its file " + METADATA + ".");
            }
            return JsonMapper.shared()
                    .readTree(in)
                    .path("properties")
                    .valueStream()
                    .map(property -> property.path("name").asString())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("Peerhost cannot read its own file " + METADATA + ".", e);
        }
    }

    private static CommandLine.UnusableArgumentException unknown(String name, List<String> known) {
        String nearest = nearest(name, known);
        return new CommandLine.UnusableArgumentException("There is no option %s%s --help lists them."
                .formatted(name, nearest == null ? "." : ": did you mean " + nearest + "?"));
    }

    private static @Nullable String nearest(String name, List<String> known) {
        String wanted = uniform(name);
        return known.stream()
                .filter(other -> distance(wanted, uniform(other)) <= Math.max(SLIPS, wanted.length() / PART))
                .min(Comparator.comparingInt(other -> distance(wanted, uniform(other))))
                .orElse(null);
    }

    /** How many letters have to be put in, taken out or replaced (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
