package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.SendResult;
import dev.peerhost.delivery.Delivery;
import dev.peerhost.delivery.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives an endpoint's frames to the native channel that carries it, one thread at a time and so in their order, without a
 * lock: who comes meanwhile leaves the work to who is at it.
 */
final class Pump {

    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

    /** The native library does not report that its buffer has drained: it has to be asked. */
    private static final Executor NEXT_LOOK = CompletableFuture.delayedExecutor(4, TimeUnit.MILLISECONDS, VIRTUAL);

    private static final Executor ACK = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS, VIRTUAL);

    /**
     * What ends without a word while somebody waits for room, the native library's buffer and an interruption of ICE, is
     * looked at this often, in nanoseconds.
     */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(8);

    private final Endpoint endpoint;
    private final Delivery delivery;
    private final Traffic traffic;
    private final Changes changes = new Changes();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicBoolean looksAgain = new AtomicBoolean();
    private final AtomicBoolean acknowledges = new AtomicBoolean();
    private volatile @Nullable Carrier carrier;
    private volatile @Nullable SlowReader reader;
    private volatile boolean closing;

    Pump(Endpoint endpoint, Delivery delivery, Traffic traffic) {
        this.endpoint = endpoint;
        this.delivery = delivery;
        this.traffic = traffic;
    }

    /** Another native channel carries the endpoint, or with null none does. */
    void carriedBy(@Nullable Carrier next) {
        SlowReader before = reader;
        if (before != null) {
            before.end();
        }
        reader = next == null ? null : next.readerFor(endpoint);
        carrier = next;
        changes.tell();
    }

    /** The other end has acknowledged something, or the endpoint is closed: who waits for room looks again. */
    void changed() {
        changes.tell();
    }

    /** {@link Endpoint#send}. */
    SendResult send(ChannelMessage message) {
        Carrier now = carrier;
        int size = message.bytes().length;
        SendResult result = now == null || !mayTake(now, size) ? SendResult.WOULD_BLOCK : delivery.offer(message);
        traffic.sent(size, result);
        if (result == SendResult.ACCEPTED) {
            endpoint.counts().sent(size);
            run();
        }
        return result;
    }

    /** {@link Endpoint#awaitWritable}. */
    boolean awaitWritable(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (isOpen()) {
            long seen = changes.count();
            Carrier now = carrier;
            if (now != null && mayTake(now, Frame.LARGEST) && delivery.isWritable()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            changes.awaitMoreThan(seen, Math.min(left, PAUSE));
        }
        return false;
    }

    /**
     * Closes the native channel when all has been given to it.
     *
     * @return false when there is none
     */
    boolean close() {
        delivery.acknowledge();
        closing = true;
        changes.tell();
        Carrier now = carrier;
        if (now != null) {
            run();
        }
        return now != null;
    }

    /** {@link HandledChannel#check}. */
    void check(Duration patience) {
        SlowReader now = reader;
        if (now != null) {
            now.check(patience);
        }
    }

    /** {@link #run} on a thread of its own; for native callbacks. */
    void wake() {
        VIRTUAL.execute(this::run);
    }

    /** A message has been dealt with; not for native callbacks. */
    void handled() {
        if (delivery.hasNext(true)) {
            run();
        } else {
            acknowledgeSoon();
        }
    }

    /** Acknowledges what has been dealt with in a moment, when no more has come by then. */
    void acknowledgeSoon() {
        if (acknowledges.compareAndSet(false, true)) {
            ACK.execute(() -> {
                acknowledges.set(false);
                if (delivery.acknowledge()) {
                    run();
                }
            });
        }
    }

    /** Gives all that can go; not for native callbacks. */
    void run() {
        if (wanted.getAndIncrement() > 0) {
            return;
        }
        int seen;
        do {
            seen = wanted.get();
            drain();
        } while (!wanted.compareAndSet(seen, 0));
    }

    private void drain() {
        Carrier now = carrier;
        while (now != null && now.isOpen()) {
            boolean room = now.connection().isConnected() && now.backlog().isBelow(Backlog.HIGH_WATER);
            byte[] frame = delivery.next(now, room, room && now.backlog().isBelow(Backlog.LOW_WATER));
            if (frame == null) {
                break;
            }
            now.send(frame);
            now = carrier;
        }
        if (now != null && closing && delivery.isGivenOut()) {
            now.close();
        } else if (now != null && now.isOpen() && delivery.hasNext(true)) {
            lookAgain();
        }
    }

    private void lookAgain() {
        if (looksAgain.compareAndSet(false, true)) {
            NEXT_LOOK.execute(() -> {
                looksAgain.set(false);
                run();
            });
        }
    }

    private boolean isOpen() {
        return !endpoint.isClosedByUs() && !endpoint.isFinished();
    }

    private static boolean mayTake(Carrier carrier, int size) {
        SendBudget budget = carrier.connection().sendBudget();
        return carrier.connection().isConnected()
                && budget.fitsNow(0)
                && (size <= Frame.LARGEST || budget.allFit(size));
    }
}
