package dev.peerhost.serverpeer.network;

import dev.peerhost.room.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which addresses and ports connections use, on both ends; the same for all of them. */
public final class Network {

    private static final Logger log = LoggerFactory.getLogger(Network.class);

    private static final long BETWEEN_WARNINGS = Duration.ofMinutes(1).toNanos();

    private final List<CandidateRule> remoteCandidates;
    private final @Nullable PortRange portRange;
    private final Announcement announcement;
    private final AtomicInteger mostCandidates = new AtomicInteger();
    private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());
    private volatile @Nullable Trouble trouble;

    /** Why an offer got no answer, and when, as {@link System#nanoTime} counts. */
    private record Trouble(String why, long at) {}

    public Network(List<CandidateRule> remoteCandidates, @Nullable PortRange portRange, Announcement announcement) {
        this.remoteCandidates = List.copyOf(remoteCandidates);
        this.portRange = portRange;
        this.announcement = announcement;
    }

    /** Whether to connect to an address that a browser names: one that a rule allows, and that is not told as ours. */
    public boolean allows(IpAddress address) {
        return !address.equals(announcement.publicAddress())
                && remoteCandidates.stream().anyMatch(rule -> rule.allows().test(address));
    }

    /** The ports of our candidates, null for any. */
    @Nullable
    public PortRange portRange() {
        return portRange;
    }

    /** How browsers are told our candidates. */
    public Announcement announcement() {
        return announcement;
    }

    /** A connection has gathered all candidates of ours, of which browsers are told so many. */
    public void gatheredAll(int candidates) {
        if (candidates > 0) {
            trouble = null;
        }
        mostCandidates.accumulateAndGet(candidates, Math::max);
    }

    /**
     * Whether so many candidates are all that a connection will have, as far as earlier ones show: the native library
     * says that there are no more 100 ms after the last.
     */
    public boolean areAll(int candidates) {
        int most = mostCandidates.get();
        return most > 0 && candidates >= most;
    }

    /** Says at the start when the ports cannot be enough. */
    void check(int maxConnections) {
        if (portRange != null && portRange.size() < maxConnections) {
            log.warn(
                    "peerhost.peer.port-range {} has {} ports, one for each connection, and peerhost.peer.max-connections"
                            + " is {}: offers are refused when the ports are used up",
                    portRange,
                    portRange.size(),
                    maxConnections);
        }
    }

    /**
     * Why an offer gets no answer: one without candidates of ours could never connect. The log says so too, once a
     * minute.
     *
     * @param gathered whether there were candidates, only none to tell
     */
    public Rejection noCandidates(boolean gathered) {
        String why = why(gathered);
        long due = nextWarning.get();
        long now = System.nanoTime();
        trouble = new Trouble(why, now);
        if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS)) {
            log.warn("Refused an offer: {}", why);
        }
        return Rejection.serverPeerUnavailable(why);
    }

    /** Why offers get no answer, as far as the last minute tells; null when they do. */
    @Nullable
    public String trouble() {
        Trouble last = trouble;
        return last != null && System.nanoTime() - last.at < BETWEEN_WARNINGS ? last.why : null;
    }

    private String why(boolean gathered) {
        if (gathered) {
            return "The server's own peer has no address that it may tell; make peerhost.peer.announced-addresses fit the"
                    + " addresses of the server.";
        }
        if (portRange != null) {
            return "The server's own peer found no free port in %s; try again later, or widen peerhost.peer.port-range on the server."
                    .formatted(portRange);
        }
        return "The server's own peer found no network address to offer; connect the server to a network.";
    }
}
