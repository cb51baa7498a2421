package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a link is given up whose connection keeps a spent {@link Generation} alive: its browser is asked to reconnect,
 * once, and the link is closed after a deadline, even when nobody can be asked. Until then all goes on as before.
 */
final class Straggler {

    private static final Logger log = LoggerFactory.getLogger(Straggler.class);

    private final PeerLink link;
    private final RemotePeer remote;
    private final Deadline deadline;

    /** The one that has to go, or null until its browser is asked; changed by operations of the link alone. */
    private volatile @Nullable NativeConnection leaving;

    /** Nobody is asked yet. */
    Straggler(PeerLink link, RemotePeer remote, Deadline deadline) {
        this.link = link;
        this.remote = remote;
        this.deadline = deadline;
    }

    /** Whether its connection keeps a spent generation alive, and nobody has been asked. */
    boolean mustMove() {
        NativeConnection connection = link.connection();
        return leaving == null
                && connection != null
                && connection.isConnected()
                && connection.generation().isSpent();
    }

    /** Asks the browser to connect anew, and closes the link after so much time. */
    void ask(Duration within) {
        link.submit(() -> {
            NativeConnection connection = link.connection();
            if (leaving == null && connection != null) {
                leaving = connection;
                boolean told = remote.reconnect(within);
                log.info(
                        "Gave {} {} ms to reconnect{}",
                        connection.id(),
                        within.toMillis(),
                        told ? "" : ", without a way to tell it");
                deadline.set(within, () -> {
                    log.info("Closed {}: its time to reconnect is over", connection.id());
                    link.close();
                });
            }
        });
    }

    /** Whether an offer answers the question: it begins another connection, beside the one that has to go. */
    boolean isAnsweredBy(Supplier<RemoteOffer> offer) {
        NativeConnection asked = leaving;
        try {
            return asked != null && !asked.continuesWith(offer.get());
        } catch (Rejection bad) {
            // Refused in turn by whoever answers offers.
            return false;
        }
    }

    /** Nothing is waited for any more; an operation of the link. */
    void end() {
        deadline.cancel();
    }
}
