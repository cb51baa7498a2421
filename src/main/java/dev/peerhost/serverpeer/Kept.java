package dev.peerhost.serverpeer;

import dev.peerhost.delivery.Delivery;
import java.util.concurrent.atomic.AtomicLong;

/** What one end keeps of messages that are not acknowledged or not complete, counted with what waits in the server. */
final class Kept {

    private final Delivery delivery;
    private final Channels channels;
    private final AtomicLong toSend = new AtomicLong();
    private final AtomicLong toHandle = new AtomicLong();
    private volatile boolean forgotten;

    Kept(Delivery delivery, Channels channels) {
        this.delivery = delivery;
        this.channels = channels;
    }

    /** Counts anew. */
    void count() {
        set(toSend, forgotten ? 0 : delivery.kept(), channels.toSend());
        set(toHandle, forgotten ? 0 : delivery.held(), channels.toHandle());
    }

    /** How many bytes there are of a message that is not complete. */
    long held() {
        return toHandle.get();
    }

    /** Nothing is kept any more. */
    void forget() {
        forgotten = true;
        count();
    }

    private static void set(AtomicLong own, long now, AtomicLong all) {
        all.addAndGet(now - own.getAndSet(now));
    }
}
