package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many blocked handlers cost a connection that has nothing to do with them: the 99th percentile of its echo. */
@Tag("nightly")
@Timeout(180)
class BlockingHandlerTests {

    private static final int TRIPS = 2000;

    /** With more than 16 channels a connection is refused the rest. */
    private static final int BLOCKED = 15;

    private static final long BOUND = TimeUnit.MILLISECONDS.toNanos(20);
    private static final Text HELLO = new Text("hello");

    private final CountDownLatch unblock = new CountDownLatch(1);
    private final Semaphore blocking = new Semaphore(0);

    @Test
    void othersDoNotWaitForHandlersThatBlock() throws Exception {
        try (Host host = new Host(10, new Blocking());
                Browser busy = new Browser();
                Browser bystander = new Browser()) {
            BrowserChannel echo = bystander.channel("echo");
            new Visitor(host.rooms, "R").connect(bystander);
            BrowserChannel[] stuck = new BrowserChannel[BLOCKED];
            Arrays.setAll(stuck, i -> busy.channel("blocking"));
            new Visitor(host.rooms, "R").connect(busy);
            for (BrowserChannel channel : stuck) {
                channel.awaitOpen().send(HELLO);
            }
            assertThat(blocking.tryAcquire(BLOCKED, 20, TimeUnit.SECONDS)).isTrue();

            assertThat(percentile99(echo.awaitOpen())).isLessThanOrEqualTo(BOUND);
            unblock.countDown();
        }
    }

    /** The control: a handler on the callback thread, which all connections of a factory share. */
    @Test
    void theyWouldIfHandlersRanInTheCallback() throws Exception {
        try (Host host = new Host(10);
                Browser busy = new Browser();
                Browser bystander = new Browser()) {
            BrowserChannel echo = bystander.channel("echo");
            new Visitor(host.rooms, "R").connect(bystander);
            BrowserChannel slow = busy.channel("source?count=100&size=10");
            slow.pauseInCallbacks(Duration.ofMillis(30));
            new Visitor(host.rooms, "R").connect(busy);
            slow.receive();

            assertThat(percentile99(echo.awaitOpen(), 100)).isGreaterThan(BOUND);
            slow.pauseInCallbacks(Duration.ZERO);
        }
    }

    private static long percentile99(BrowserChannel echo) throws Exception {
        return percentile99(echo, TRIPS);
    }

    private static long percentile99(BrowserChannel echo, int trips) throws Exception {
        long[] times = new long[trips];
        for (int i = 0; i < trips; i++) {
            long start = System.nanoTime();
            echo.send(HELLO);
            assertThat(echo.receive()).isEqualTo(HELLO);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        long percentile = times[trips * 99 / 100];
        System.out.printf("99th percentile of %d round trips: %.1f ms%n", trips, percentile / 1e6);
        return percentile;
    }

    private final class Blocking implements ChannelHandler {
        @Override
        public String label() {
            return "blocking";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            blocking.release();
            unblock.await();
        }
    }
}
