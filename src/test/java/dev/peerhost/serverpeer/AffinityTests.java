package dev.peerhost.serverpeer;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.serverpeer.affinity.Affinity;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Where threads may run is asked of the kernel. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class AffinityTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Text HELLO = new Text("hello");
    private static final Text LARGE = new Text("x".repeat(5_000));
    private static final int AT_ONCE = 20;

    /** Of messages to a handler that computes, in nanoseconds. */
    private static final long BETWEEN = TimeUnit.MICROSECONDS.toNanos(200);

    /** How the native library names its threads and the JVM those that carry virtual ones, cut off by the kernel. */
    private static final Set<String> ALL_KINDS =
            Set.of("webrtc_jni_netw", "webrtc_jni_sign", "webrtc_jni_work", "ForkJoinPool-1-");

    private final Host host = new Host(10, new Beginning(), new Computing());
    private final Browser browser = new Browser();
    private final BrowserChannel echo = browser.channel("echo");
    private final BrowserChannel beginning = browser.channel("beginning");
    private final BrowserChannel computing = browser.channel("computing");
    private final Affinity affinity = host.affinity;

    /** What the thread that a handler has begun sees of itself, whenever that changes. */
    private final BlockingQueue<OsThread> begun = new LinkedBlockingQueue<>();

    private final CountDownLatch end = new CountDownLatch(1);

    AffinityTests() throws Exception {}

    @BeforeEach
    void connect() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor: there is nothing to choose");
        new Visitor(host.rooms, "R").connect(browser);
    }

    @AfterEach
    void end() {
        end.countDown();
        browser.close();
        host.close();
    }

    @Test
    void theThreadsOfMessagesShareAProcessorForAsLongAsManyCome() throws Exception {
        echo.awaitOpen();
        await(() -> tied().findAny().isEmpty());

        echoUntil(() -> tied().map(OsThread::name).collect(toSet()).containsAll(ALL_KINDS));

        assertThat(affinity.isTied()).isTrue();
        assertThat(tied()).allMatch(thread -> ALL_KINDS.contains(thread.name()));
        assertThat(tied().map(OsThread::processors).distinct()).hasSize(1);
        await(() -> !affinity.isTied() && tied().findAny().isEmpty());
    }

    @Test
    void nobodyIsTiedForLargeMessages() throws Exception {
        echo.awaitOpen();
        echoUntil(affinity::isTied);

        echoUntil(LARGE, () -> !affinity.isTied());

        assertThat(tied()).isEmpty();
    }

    /** The kernel has a thread begin where the one that begins it may run, and leaves it there. */
    @Test
    void aThreadThatAHandlerBeginsMayRunAnywhereSoon() throws Exception {
        echo.awaitOpen();
        echoUntil(affinity::isTied);
        beginning.awaitOpen().send(HELLO);

        echoUntil(() -> begun.size() == 2);

        assertThat(begun).extracting(OsThread::isTied).containsExactly(true, false);
        assertThat(affinity.isTied()).isTrue();
    }

    @Test
    void handlersThatComputeHaveAllProcessors() throws Exception {
        computing.awaitOpen();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean wasTied = false;
        while (!wasTied || affinity.isTied()) {
            assertThat(System.nanoTime()).as("tied: " + wasTied).isLessThan(deadline);
            computing.send(HELLO);
            LockSupport.parkNanos(BETWEEN);
            wasTied |= affinity.isTied();
        }
        // As many come as before, and nobody is tied for them.
        assertThat(tied()).isEmpty();
    }

    @Test
    void nobodyIsTiedWhenItIsOff() throws Exception {
        Affinity off = new Affinity(
                Affinity.Mode.OFF, host.channels.traffic()::smallMessages, host.channels.traffic()::connections);
        off.start();

        assertThat(off.isRunning()).isFalse();
        off.stop();
    }

    /** Sends and receives without a pause until something is true. */
    private void echoUntil(BooleanSupplier condition) throws Exception {
        echoUntil(HELLO, condition);
    }

    private void echoUntil(Text message, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            for (int i = 0; i < AT_ONCE; i++) {
                echo.send(message);
                assertThat(echo.receive()).isEqualTo(message);
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private static Stream<OsThread> tied() {
        return OsThread.all().stream().filter(OsThread::isTied);
    }

    /** Begins a thread that tells where it may run. */
    private final class Beginning implements ChannelHandler {
        @Override
        public String label() {
            return "beginning";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            Thread.ofPlatform().daemon().start(this::tell);
        }

        private void tell() {
            OsThread last = null;
            try {
                do {
                    OsThread now = OsThread.current();
                    if (last == null || now.isTied() != last.isTied()) {
                        begun.add(now);
                    }
                    last = now;
                } while (!end.await(10, TimeUnit.MILLISECONDS));
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Works for 2 ms a message. */
    private static final class Computing implements ChannelHandler {
        @Override
        public String label() {
            return "computing";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }
}
