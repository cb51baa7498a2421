package dev.peerhost.serverpeer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds, as Linux counts it (proc(5)).
 *
 * @param rssKib memory that is resident, in KiB
 * @param descriptors open files and sockets
 * @param threads those of Java and of the native library
 */
record Footprint(long rssKib, long descriptors, long threads) {

    private static final Path SELF = Path.of("/proc/self");

    /** Of this process, after a garbage collection. */
    static Footprint now() throws IOException {
        System.gc();
        return new Footprint(rss(), count("fd"), count("task"));
    }

    /** Reads what {@link #toString} has written. */
    static Footprint parse(String line) {
        String[] numbers = line.split(" ");
        return new Footprint(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
    }

    @Override
    public String toString() {
        return rssKib + " " + descriptors + " " + threads;
    }

    private static long rss() throws IOException {
        return Files.readAllLines(SELF.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static long count(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(SELF.resolve(folder))) {
            return entries.count();
        }
    }
}
