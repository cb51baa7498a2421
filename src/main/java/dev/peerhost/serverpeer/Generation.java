package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An {@link Engine} for a while. webrtc-java 0.14.0 keeps something of every connection and message until the native
 * threads end, so they have to end now and then. A generation that has reached a limit retires: it takes no new
 * connections, keeps those that it has for as long as they like, and is disposed of after the last.
 */
final class Generation {

    private static final Logger log = LoggerFactory.getLogger(Generation.class);

    private final int number;
    private final Engine engine;
    private final GenerationLimits limits;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();

    /** The open connections, and one more until it retires. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** When its first connection came: an engine that has not started does not age. */
    private volatile long start = System.nanoTime();

    private final AtomicBoolean retired = new AtomicBoolean();
    private final CompletableFuture<Void> disposed = new CompletableFuture<>();

    /** Costs nothing until the first connection. */
    Generation(int number, Engine engine, GenerationLimits limits) {
        this.number = number;
        this.engine = engine;
        this.limits = limits;
    }

    int number() {
        return number;
    }

    /**
     * Takes a place for a connection, which {@link #connect} then fills.
     *
     * @return false when it takes no more
     */
    boolean enter() {
        if (retired.get() || isSpent() || users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            return false;
        }
        if (connections.get() == 0) {
            start = System.nanoTime();
        }
        connections.incrementAndGet();
        return true;
    }

    /**
     * A new native connection that reports to {@code callbacks}; when it fails, the place is free again.
     *
     * @throws IllegalStateException when the native library does not start
     */
    RTCPeerConnection connect(NativeCallbacks callbacks) throws InterruptedException {
        boolean connected = false;
        try {
            RTCPeerConnection connection = engine.connect(callbacks);
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                leave();
            }
        }
    }

    /** Which addresses and ports its connections use. */
    Network network() {
        return engine.network();
    }

    /** A message has come on one of its connections. */
    void received() {
        messages.incrementAndGet();
    }

    /** What gives up a connection and its place, to be used like {@link NativeRelease#of}. */
    Runnable releaseOf(RTCPeerConnection connection) {
        Runnable release = engine.releaseOf(connection);
        return () -> {
            try {
                release.run();
            } finally {
                leave();
            }
        };
    }

    /** Takes no more connections; retiring again does nothing. */
    void retire() {
        if (retired.compareAndSet(false, true)) {
            log.info(
                    "Engine generation {} takes no more connections: it has had {} connections and {} messages;"
                            + " {} connections are still open",
                    number,
                    connections,
                    messages,
                    users.get() - 1);
            leave();
        }
    }

    /** The same at the end of the server, when there is nothing to tell. */
    void end() {
        if (retired.compareAndSet(false, true)) {
            leave();
        }
    }

    /** Completes when its native threads have ended. */
    CompletableFuture<Void> disposed() {
        return disposed;
    }

    private boolean isSpent() {
        long taken = connections.get();
        return taken >= limits.maxConnections()
                || messages.get() >= limits.maxMessages()
                || (taken > 0 && System.nanoTime() - start >= limits.maxAge().toNanos());
    }

    private void leave() {
        int left = users.decrementAndGet();
        if (left == 0) {
            // Whoever left last may be a handler that has just sent something: it must not wait for native threads.
            Thread.ofPlatform().name("engine-generation-" + number + "-end").start(this::dispose);
        } else if (left == 1 && isSpent()) {
            // Idle, so that what it keeps can be freed now and not only when somebody comes.
            retire();
        }
    }

    private void dispose() {
        try {
            engine.dispose();
            log.debug("Disposed of engine generation {}", number);
        } catch (RuntimeException fault) {
            log.error("Engine generation {} could not be disposed of", number, fault);
        } finally {
            disposed.complete(null);
        }
    }
}
