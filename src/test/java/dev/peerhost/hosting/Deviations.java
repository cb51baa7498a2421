package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The table of what is meant to differ from the reference: site, path, field and reason, with a star for any. */
final class Deviations {

    private record Entry(String site, String path, String field, String line) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> unused = new LinkedHashSet<>();

    private Deviations() {}

    static Deviations read(Path table) throws IOException {
        Deviations read = new Deviations();
        for (String line : Files.readAllLines(table)) {
            if (line.startsWith("#") || line.isBlank()) {
                continue;
            }
            String[] cells = line.split(" +\\| +", 4);
            if (cells.length < 4 || cells[3].isBlank()) {
                throw new IllegalArgumentException("A deviation needs site | path | field | reason: " + line);
            }
            read.entries.add(new Entry(cells[0], cells[1], cells[2], line));
            read.unused.add(line);
        }
        return read;
    }

    /** Whether some line covers this difference; it is then no longer unused. */
    boolean allow(String site, String path, String field) {
        boolean allowed = false;
        for (Entry entry : entries) {
            if (fits(entry.site, site) && fits(entry.path, path) && entry.field.equalsIgnoreCase(field)) {
                unused.remove(entry.line);
                allowed = true;
            }
        }
        return allowed;
    }

    /** The lines that covered nothing. */
    Set<String> unused() {
        return unused;
    }

    private static boolean fits(String pattern, String value) {
        return pattern.equals("*")
                || pattern.equals(value)
                || (pattern.startsWith("*") && value.endsWith(pattern.substring(1)));
    }
}
