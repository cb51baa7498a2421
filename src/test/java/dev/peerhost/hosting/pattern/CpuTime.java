package dev.peerhost.hosting.pattern;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long something keeps a processor busy, whatever else the machine does meanwhile. */
final class CpuTime {

    private static final int TRIES = 4;

    private CpuTime() {}

    /** The least of a few tries, in this thread: the first ones may be compiled, or be stopped by the collector. */
    static Duration of(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            work.run();
            least = Math.min(least, ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start);
        }
        return Duration.ofNanos(least);
    }
}
