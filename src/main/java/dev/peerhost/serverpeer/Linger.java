package dev.peerhost.serverpeer;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How a thread that has run out of work looks for more before it ends: waking another costs a fast conversation a fifth
 * of its round trip. It does so for 0.2 ms at most, only after a pause that was as short, and on every other processor
 * at most, so that it is done neither for the sake of many channels with little to say nor on a machine with one
 * processor.
 *
 * <p>Belongs to the thread that runs one queue.
 */
final class Linger {

    private static final long LONGEST = TimeUnit.MICROSECONDS.toNanos(200);
    private static final Semaphore PLACES = new Semaphore(Runtime.getRuntime().availableProcessors() / 2);

    private static final long LONG = Long.MAX_VALUE;

    private long ended;
    private long pause = LONG;

    /** There is work again, and a thread has begun with it. */
    void begin() {
        pause = System.nanoTime() - ended;
    }

    /** Looks for more work; call it when there is none. */
    void awaitMore(BooleanSupplier more) {
        long start = System.nanoTime();
        boolean came = false;
        if (pause <= LONGEST && PLACES.tryAcquire()) {
            try {
                while (!came && System.nanoTime() - start < LONGEST) {
                    Thread.onSpinWait();
                    came = more.getAsBoolean();
                }
            } finally {
                PLACES.release();
            }
        }
        ended = start;
        pause = came ? System.nanoTime() - start : LONG;
    }
}
