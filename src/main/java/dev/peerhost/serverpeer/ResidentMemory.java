package dev.peerhost.serverpeer;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory the process holds outside the Java heap: what the native library takes is in there. */
final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+([0-9]+) kB");
    private static final int KIB = 1024;

    private ResidentMemory() {}

    /**
     * The resident set (proc_pid_status(5)) without the committed heap, in bytes; a heap that was committed but never
     * touched makes it too low. NaN where the system does not tell, which is everywhere but on Linux.
     */
    static double ofNatives() {
        try {
            Matcher rss = RSS.matcher(Files.readString(STATUS));
            if (!rss.find()) {
                return Double.NaN;
            }
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
            return Math.max(0, Long.parseLong(rss.group(1)) * KIB - heap);
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }
}
