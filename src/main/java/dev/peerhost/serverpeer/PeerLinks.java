package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.Admission;
import dev.peerhost.serverpeer.limit.LimitExceeded;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * All links, as many as are admitted, and their orderly end: links, then factory, then audio module, after the web
 * server has stopped. Any other order ends the process with a crash.
 */
final class PeerLinks implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeerLinks.class);

    private static final int AFTER_THE_WEB_SERVER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    private static final long LONGEST_END = Duration.ofSeconds(5).toMillis();

    /** What a start makes and the next stop ends. */
    private record Run(Generations generations, ScheduledThreadPoolExecutor timer) {}

    private final Channels channels;
    private final Supplier<Generations> engines;
    private final Admission admission;
    private final Set<PeerLink> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

    /**
     * No links yet, and none before the start.
     *
     * @param engines what links connect with, made anew by each start
     * @param admission who may have one, and what each may do
     */
    PeerLinks(Channels channels, Supplier<Generations> engines, Admission admission) {
        this.channels = channels;
        this.engines = engines;
        this.admission = admission;
    }

    /**
     * A new link, without a connection until its first offer.
     *
     * @param address whom it leads to, null for somebody in this process
     * @throws LimitExceeded when there are too many
     * @throws Rejection {@code SERVER_PEER_UNAVAILABLE} when the server is stopping
     */
    PeerLink open(LinkId id, @Nullable String address, RemotePeer remote) {
        Run run = current.get();
        if (run == null) {
            throw Rejection.serverPeerUnavailable("The server is stopping; try again when it is back.");
        }
        Runnable leave = admission.connect(address);
        channels.traffic().connected();
        PeerLink link = new PeerLink(id, remote, run.generations, channels, admission.limits(), run.timer);
        links.add(link);
        link.whenClosed(() -> {
            links.remove(link);
            leave.run();
        });
        if (!run.equals(current.get())) {
            // Stopped meanwhile, perhaps too late for stop() to have seen this one.
            link.close();
        }
        return link;
    }

    /** Who may have a link. */
    Admission admission() {
        return admission;
    }

    /** All that there are, at any time. */
    Collection<PeerLink> all() {
        return Collections.unmodifiableCollection(links);
    }

    /** How many there are. */
    int size() {
        return links.size();
    }

    /** What they connect with, or null when stopped. */
    @Nullable
    Generations generations() {
        Run run = current.get();
        return run == null ? null : run.generations;
    }

    @Override
    public void start() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("peer-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
        // What is still handed over after the end is of no use.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        var unused = timer.scheduleWithFixedDelay(channels::check, 1, 1, TimeUnit.SECONDS);
        Generations generations = engines.get();
        generations.whenOverBudget(
                new Stragglers(links, timer, generations.rotation().within())::ask);
        current.set(new Run(generations, timer));
    }

    @Override
    public void stop() {
        Run run = current.getAndSet(null);
        if (run == null) {
            return;
        }
        List<PeerLink> last = List.copyOf(links);
        last.forEach(PeerLink::close);
        try {
            CompletableFuture.allOf(last.stream().map(PeerLink::closed).toArray(CompletableFuture<?>[]::new))
                    .thenCompose(allClosed -> run.generations.dispose())
                    .get(LONGEST_END, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            log.error(
                    "Left the native library as it is: after {} ms there are {} links and {} engine generations",
                    LONGEST_END,
                    links.size(),
                    run.generations.alive());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        run.timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return current.get() != null;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
