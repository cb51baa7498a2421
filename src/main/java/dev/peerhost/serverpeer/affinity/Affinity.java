package dev.peerhost.serverpeer.affinity;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Has the threads that hand messages to each other share a processor while messages are all that they live for. A message
 * wakes four of them in turn, and waking one on another processor, which may sleep, can cost more than the message does.
 * They run anywhere again when few messages come, when handlers compute, and when one processor is not enough while
 * another has little to do.
 *
 * <p>On Linux with more than one processor; elsewhere it does nothing.
 */
public final class Affinity implements SmartLifecycle {

    /** {@code peerhost.peer.affinity}. */
    public enum Mode {
        /** While it helps. */
        AUTO,
        /** Never. */
        OFF
    }

    private static final Logger log = LoggerFactory.getLogger(Affinity.class);

    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long JUDGE_EVERY = TimeUnit.MILLISECONDS.toNanos(500);

    /** So many messages from one look to the next are worth it: 1,500 a second. */
    private static final int ENOUGH = 150;

    /** A connection may take as long as so many messages. */
    private static final int CONNECTION = 100;

    /** After so many looks without them they have stopped: half a second. */
    private static final int PAUSE = 5;

    /** For how long they are left alone, without a pause too, when one processor was not right for them. */
    private static final long REPRIEVE = TimeUnit.SECONDS.toNanos(10);

    /** How the native library names its threads. */
    private static final String NATIVE = "webrtc_jni_";

    private final Mode mode;
    private final LongSupplier messages;
    private final LongSupplier connections;
    private volatile @Nullable ScheduledExecutorService looks;
    private volatile @Nullable Tie tie;

    // What follows belongs to the thread that looks.
    private @Nullable String carrier;
    private @Nullable Sample before;
    private long seen;
    private int quiet;
    private long notBefore = System.nanoTime();

    /**
     * Ties nobody until it is started.
     *
     * @param messages how many small messages there have been in all, both ways
     * @param connections how many connections there have been
     */
    public Affinity(Mode mode, LongSupplier messages, LongSupplier connections) {
        this.mode = mode;
        this.messages = messages;
        this.connections = connections;
    }

    /** Whether the threads share a processor at the moment. */
    public boolean isTied() {
        return tie != null;
    }

    @Override
    public void start() {
        if (mode == Mode.AUTO
                && Runtime.getRuntime().availableProcessors() > 1
                && System.getProperty("os.name").equals("Linux")) {
            ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("peer-affinity").factory());
            var unused = thread.scheduleWithFixedDelay(this::look, LOOK_EVERY, LOOK_EVERY, TimeUnit.NANOSECONDS);
            looks = thread;
        }
    }

    @Override
    public void stop() {
        ScheduledExecutorService thread = looks;
        looks = null;
        if (thread != null) {
            thread.execute(this::finish);
            thread.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return looks != null;
    }

    private void look() {
        long now = messages.getAsLong();
        quiet = now - seen >= ENOUGH ? 0 : quiet + 1;
        seen = now;
        try {
            if (quiet == PAUSE) {
                notBefore = System.nanoTime();
                loosen();
            } else if (quiet == 0 && System.nanoTime() - notBefore >= 0) {
                tighten();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | LinkageError impossible) {
            log.info("The threads of messages stay where the system puts them: {}", impossible.toString());
            stop();
        }
    }

    private void finish() {
        try {
            loosen();
        } catch (IOException | RuntimeException | LinkageError impossible) {
            log.debug("The threads of messages stay on one processor", impossible);
        }
    }

    private void tighten() throws IOException, InterruptedException {
        List<Task> tasks = Task.all();
        Tie now = tie == null ? tie(tasks) : tie;
        if (now == null) {
            return;
        }
        tie = now;
        now.hold(tasks, this::passes);
        Sample last = before;
        if (last == null || System.nanoTime() - last.at() >= JUDGE_EVERY) {
            before = Sample.take(
                    seen + CONNECTION * connections.getAsLong(),
                    tasks.stream().filter(task -> passes(task.name())).toList());
            if (last != null && !last.suits(before, now.processor(), now.all())) {
                notBefore = System.nanoTime() + REPRIEVE;
                loosen();
            }
        }
    }

    private void loosen() throws IOException {
        Tie last = tie;
        before = null;
        if (last != null) {
            try {
                last.end();
            } finally {
                tie = null;
            }
        }
    }

    /** A tie to the processor on which an engine's network thread ran last, or null when no engine has started. */
    private @Nullable Tie tie(List<Task> tasks) throws IOException, InterruptedException {
        if (carrier == null) {
            carrier = carrier();
        }
        for (Task task : tasks) {
            if (task.name().equals(NATIVE + "netw")) {
                return new Tie(task.processor(), Processors.of(0), tasks);
            }
        }
        return null;
    }

    /** Whether messages pass a thread of that name: one of an engine, or one that carries handlers' virtual threads. */
    private boolean passes(String name) {
        return name.startsWith(NATIVE) || name.equals(carrier);
    }

    /** How the JVM names the threads that carry virtual ones: one of them has to tell. */
    private static String carrier() throws IOException, InterruptedException {
        FutureTask<String> name = new FutureTask<>(Task::nameOfCarrier);
        Thread.ofVirtual().start(name);
        try {
            return name.get(1, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException unknown) {
            throw new IOException("no thread tells what those that carry virtual threads are named", unknown);
        }
    }
}
