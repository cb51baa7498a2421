package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandlers;
import dev.peerhost.room.Rejection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * All links, at most so many at once, and their orderly end: links, then factory, then audio module, after the web
 * server has stopped. Any other order ends the process with a crash.
 */
final class PeerLinks implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PeerLinks.class);

    private static final int AFTER_THE_WEB_SERVER = WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
    private static final long LONGEST_END = Duration.ofSeconds(5).toMillis();

    private final Engine engine;
    private final ChannelHandlers handlers;
    private final int limit;
    private final Semaphore free;
    private final Set<PeerLink> links = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean running;

    /**
     * No links yet.
     *
     * @param limit how many there may be at once, at least 1
     */
    PeerLinks(Engine engine, ChannelHandlers handlers, int limit) {
        this.engine = engine;
        this.handlers = handlers;
        this.limit = limit;
        this.free = new Semaphore(limit);
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("peer-deadlines").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * A new link, without a connection until its first offer.
     *
     * @throws Rejection {@code SERVER_PEER_UNAVAILABLE} when there are too many, or the server is stopping
     */
    PeerLink open(LinkId id, RemotePeer remote) {
        if (!running) {
            throw Rejection.serverPeerUnavailable("The server is stopping; try again when it is back.");
        }
        if (!free.tryAcquire()) {
            throw Rejection.serverPeerUnavailable(
                    "The server's own peer has %,d connections and takes no more; try again later.".formatted(limit));
        }
        PeerLink link = new PeerLink(id, remote, engine, handlers, timer);
        links.add(link);
        link.whenClosed(() -> {
            links.remove(link);
            free.release();
        });
        if (!running) {
            // Stopped meanwhile, perhaps too late for stop() to have seen this one.
            link.close();
        }
        return link;
    }

    /** How many there are. */
    int size() {
        return links.size();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        CompletableFuture<?>[] ends = links.stream()
                .map(link -> {
                    link.close();
                    return link.closed();
                })
                .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(LONGEST_END, TimeUnit.MILLISECONDS);
            engine.dispose();
        } catch (TimeoutException | ExecutionException late) {
            log.error("Left the native library as it is: {} links did not close in {} ms", links.size(), LONGEST_END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_THE_WEB_SERVER;
    }
}
