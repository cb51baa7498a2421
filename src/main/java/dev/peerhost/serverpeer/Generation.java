package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnection;
import dev.peerhost.serverpeer.network.Network;
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

    /** After so many messages each time somebody looks whether they have become too many; a power of two. */
    private static final int LOOK = 256;

    private final int number;
    private final Engine engine;
    private final Rotation rotation;
    private final Runnable grown;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();

    /** The open connections, and one more until it retires. */
    private final AtomicInteger users = new AtomicInteger(1);

    /** When its first connection came: an engine that has not started does not age. */
    private volatile long start = System.nanoTime();

    private final AtomicBoolean retired = new AtomicBoolean();

    /** Whether the log says that it has retired, so that it ought to say when it ends. */
    private volatile boolean announced;

    private final CompletableFuture<Void> disposed = new CompletableFuture<>();

    /**
     * Costs nothing until the first connection.
     *
     * @param grown run after every few messages by a native callback, so it neither waits nor throws
     */
    Generation(int number, Engine engine, Rotation rotation, Runnable grown) {
        this.number = number;
        this.engine = engine;
        this.rotation = rotation;
        this.grown = grown;
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
        if (isSpent() || users.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            return false;
        }
        if (connections.get() == 0) {
            start = System.nanoTime();
        }
        connections.incrementAndGet();
        return true;
    }

    /**
     * A new native connection; when it fails, the place is free again.
     *
     * @throws IllegalStateException when the native library does not start
     */
    Prepared connect() throws InterruptedException {
        boolean connected = false;
        try {
            Prepared connection = engine.connect();
            connected = true;
            return connection;
        } finally {
            if (!connected) {
                leave();
            }
        }
    }

    /** Makes the next connection ahead of its offer, for somebody who has a place, if there is to be one. */
    void prepare() {
        if (!isSpent()) {
            engine.prepare();
        }
    }

    /** Which addresses and ports its connections use. */
    Network network() {
        return engine.network();
    }

    /** A message has come on one of its connections. */
    void received() {
        if (messages.incrementAndGet() % LOOK == 0) {
            grown.run();
        }
    }

    /** How many messages have come; the native library keeps something of each. */
    long messages() {
        return messages.get();
    }

    /** Whether it takes no more connections, or will not when the next comes. */
    boolean isSpent() {
        return retired.get() || rotation.isSpent(connections.get(), messages.get(), System.nanoTime() - start);
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
            announced = true;
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
            if (announced) {
                log.info("Engine generation {} has ended, and with it what was kept of {} messages", number, messages);
            }
        } catch (RuntimeException fault) {
            log.error("Engine generation {} could not be disposed of", number, fault);
        } finally {
            disposed.complete(null);
        }
    }
}
