package dev.peerhost.serverpeer.affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** For how long each processor has had nothing to do. */
final class Machine {

    private static final Path STAT = Path.of("/proc/stat");

    /** Where a processor's line of proc_stat(5) has the time without work: the name is the first. */
    private static final int IDLE = 4;

    private static final long NANOS_PER_TICK = 10_000_000;

    private Machine() {}

    /** In nanoseconds, by processor; to 10 ms. */
    static Map<Integer, Long> idle() throws IOException {
        Map<Integer, Long> idle = new HashMap<>();
        for (String line : Files.readAllLines(STAT)) {
            String[] fields = line.split(" +");
            if (fields[0].matches("cpu\\d+")) {
                idle.put(Integer.valueOf(fields[0].substring(3)), Long.parseLong(fields[IDLE]) * NANOS_PER_TICK);
            }
        }
        return idle;
    }
}
