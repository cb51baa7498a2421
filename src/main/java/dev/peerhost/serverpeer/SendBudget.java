package dev.peerhost.serverpeer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes wait to be sent on one connection, with a bound of its own and one that it shares with all others. A
 * connection may always hold 256 KiB, so that those who read slowly take nothing away from those who do not.
 */
final class SendBudget {

    private static final long OWN = 256 * 1024;

    private final long limit;
    private final long limitOfAll;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong bytesOfAll;
    private final Set<Backlog> backlogs = ConcurrentHashMap.newKeySet();

    /**
     * Of a connection on which nothing waits.
     *
     * @param limit in bytes
     * @param bytesOfAll what waits on all connections
     * @param limitOfAll on that
     */
    SendBudget(long limit, AtomicLong bytesOfAll, long limitOfAll) {
        this.limit = limit;
        this.bytesOfAll = bytesOfAll;
        this.limitOfAll = limitOfAll;
    }

    /** Counts what waits on a channel from now on. */
    void join(Backlog backlog) {
        backlogs.add(backlog);
    }

    /** The opposite; the channel has taken back what it had counted. */
    void leave(Backlog backlog) {
        backlogs.remove(backlog);
    }

    /** So many bytes more wait, or fewer. */
    void count(long more) {
        bytes.addAndGet(more);
        bytesOfAll.addAndGet(more);
    }

    /** Whether so many bytes more would be within the bounds; asks no native library. */
    boolean fits(int more) {
        long here = bytes.get() + more;
        return here <= OWN || (here <= limit && bytesOfAll.get() + more <= limitOfAll);
    }

    /** Whether all connections together may hold so many bytes more. */
    boolean allFit(long more) {
        return bytesOfAll.get() + more <= limitOfAll;
    }

    /** {@link #fits}, after the channels of the connection have looked what has left meanwhile. */
    boolean fitsNow(int more) {
        if (!fits(more)) {
            backlogs.forEach(Backlog::recount);
        }
        return fits(more);
    }
}
