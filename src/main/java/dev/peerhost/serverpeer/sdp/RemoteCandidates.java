package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.network.AddressRange;
import dev.peerhost.serverpeer.network.IpAddress;
import dev.peerhost.serverpeer.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way of a browser's candidates to the native library, for those in its descriptions and for trickled ones alike:
 * an address that a stranger wrote down is connected to only when the {@link Network} allows it, or anybody could
 * scan our network. Belongs to the operations of one link.
 *
 * <p>At most 20 are used for one ICE generation (RFC 8445 section 9); as many may come ahead of the description that
 * they belong to.
 */
public final class RemoteCandidates {

    private static final Logger log = LoggerFactory.getLogger(RemoteCandidates.class);

    /** Two interfaces, three types and two IP versions make 12. */
    public static final int MOST = 20;

    /** An IPv4 address in disguise (RFC 4291 section 2.5.5.2), which no candidate should be (RFC 8445 section 5.1.1.1). */
    private static final AddressRange MAPPED = AddressRange.of("::ffff:0:0/96");

    private final Predicate<IpAddress> allowed;
    private final Consumer<String> connection;
    private final List<RemoteCandidate> early = new ArrayList<>();
    private @Nullable String ufrag;
    private int used;

    /**
     * Before the first description.
     *
     * @param allowed which addresses are connected to
     * @param connection what takes the candidates that are allowed
     */
    public RemoteCandidates(Predicate<IpAddress> allowed, Consumer<String> connection) {
        this.allowed = allowed;
        this.connection = connection;
    }

    /** The connection has taken a description: now its candidates can be used, and those that came ahead of it. */
    public void described(RemoteOffer offer) {
        if (!offer.ice().ufrag().equals(ufrag)) {
            ufrag = offer.ice().ufrag();
            used = 0;
        }
        List<RemoteCandidate> waiting = List.copyOf(early);
        early.clear();
        offer.candidates().forEach(this::tolerate);
        waiting.stream().filter(this::isCurrent).forEach(this::tolerate);
    }

    /**
     * Uses a candidate, now or with its description. One with an address that is not allowed, with a name in place of an
     * address, or for TCP does nothing.
     *
     * @throws Rejection when there are too many
     */
    public void add(RemoteCandidate candidate) {
        IpAddress address = candidate.address();
        if (address == null || !candidate.isUsable() || MAPPED.contains(address) || !allowed.test(address)) {
            log.trace("Ignored a candidate at {}", candidate.host());
        } else if (isCurrent(candidate)) {
            limit(used);
            used++;
            connection.accept(candidate.print(address));
        } else {
            limit(early.size());
            early.add(candidate);
        }
    }

    private boolean isCurrent(RemoteCandidate candidate) {
        return ufrag != null && (candidate.ufrag() == null || candidate.ufrag().equals(ufrag));
    }

    /**
     * Refuses one more than so many.
     *
     * @throws Rejection when there are {@link #MOST} already
     */
    public static void limit(int count) {
        if (count >= MOST) {
            throw Rejection.badBody(
                    "At most %d candidates are used for one description; restart ICE to send others.".formatted(MOST));
        }
    }

    /** One candidate too many in a description is no reason to refuse the description. */
    private void tolerate(RemoteCandidate candidate) {
        try {
            add(candidate);
        } catch (Rejection tooMany) {
            log.debug("Ignored a candidate of an offer: {}", tooMany.sentence());
        }
    }
}
