package dev.peerhost.serverpeer;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that keep spent generations alive, and are asked to move on when what is kept of messages has used up its
 * budget; being busy alone cuts nobody. They are asked one after another, so that they do not all come at once.
 */
final class Stragglers {

    private static final Logger log = LoggerFactory.getLogger(Stragglers.class);

    /** From one to the next: a new connection costs some milliseconds of a processor. */
    private static final long PACE = 20;

    /** From the last of a round to the next round: for who has come meanwhile, or was interrupted. */
    private static final long PAUSE = 1000;

    private final Collection<PeerLink> links;
    private final ScheduledExecutorService timer;
    private final Duration within;
    private final AtomicBoolean asking = new AtomicBoolean();

    /**
     * Nobody is asked yet.
     *
     * @param links all that there are, at any time
     * @param timer only looks and submits
     * @param within how long each has to reconnect
     */
    Stragglers(Collection<PeerLink> links, ScheduledExecutorService timer, Duration within) {
        this.links = links;
        this.timer = timer;
        this.within = within;
    }

    /** Asks those that have not been asked; called often and by native callbacks, so it neither waits nor throws. */
    void ask() {
        if (asking.compareAndSet(false, true)) {
            timer.execute(this::round);
        }
    }

    private void round() {
        List<Straggler> asked = links.stream()
                .map(PeerLink::straggler)
                .filter(Straggler::mustMove)
                .toList();
        if (!asked.isEmpty()) {
            log.info(
                    "What the WebRTC library keeps of messages has used up its budget: {} connections of spent"
                            + " generations have to move on",
                    asked.size());
        }
        long delay = 0;
        for (Straggler straggler : asked) {
            var unused = timer.schedule(() -> straggler.ask(within), delay, TimeUnit.MILLISECONDS);
            delay += PACE;
        }
        var unused = timer.schedule(() -> asking.set(false), delay + PAUSE, TimeUnit.MILLISECONDS);
    }
}
