package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.channel.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data channels at the server's own peer, over real connections on this machine. */
@Timeout(60)
class ChannelsTests {

    private static final ChannelMessage HELLO = new Text("hello");

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();
    private final CountDownLatch unblock = new CountDownLatch(1);
    private final Host host = new Host(10, new Probe(), new Throwing(), new Blocking());
    private final Browser browser = new Browser();
    private final Browser other = new Browser();

    @BeforeEach
    void connect() throws Exception {
        for (Browser each : new Browser[] {browser, other}) {
            each.channel("sink");
            new Visitor(host.rooms, "R").connect(each);
        }
    }

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        unblock.countDown();
        browser.close();
        other.close();
        host.close();
        host.awaitLinks(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65_536, 262_144})
    void echoSendsBackWhatItGotInItsKind(int size) throws Exception {
        BrowserChannel channel = browser.channel("echo").awaitOpen();
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);

        channel.send(new Binary(random));
        channel.send(new Text("ä".repeat(size / 2)));

        assertThat(channel.receive()).isEqualTo(new Binary(random));
        assertThat(channel.receive()).isEqualTo(new Text("ä".repeat(size / 2)));
    }

    @Test
    void messagesKeepTheirOrder() throws Exception {
        BrowserChannel channel = browser.channel("echo").awaitOpen();
        for (int i = 0; i < 2000; i++) {
            channel.send(new Text("message " + i));
        }
        for (int i = 0; i < 2000; i++) {
            assertThat(channel.receive()).isEqualTo(new Text("message " + i));
        }
    }

    @Test
    void theHubReachesTheOtherBrowsersOfTheRoom() throws Exception {
        BrowserChannel here = browser.channel("hub").awaitOpen();
        BrowserChannel there = other.channel("hub").awaitOpen();

        // Whoever has been heard by the other is in the hub, and so is the other.
        while (here.waiting() == 0) {
            there.send(new Text("here?"));
            TimeUnit.MILLISECONDS.sleep(5);
        }
        here.send(HELLO);

        assertThat(there.receive()).isEqualTo(HELLO);
        while (here.waiting() > 0) {
            assertThat(here.receive()).isEqualTo(new Text("here?"));
        }
    }

    @Test
    void theSinkReports() throws Exception {
        BrowserChannel channel = browser.channel("sink").awaitOpen();
        channel.send(new Binary(new byte[100_000]));
        channel.send(new Text("12345"));
        channel.send(new Text("report"));

        assertThat(channel.receive()).isEqualTo(new Text("{\"messages\":2,\"bytes\":100005}"));
    }

    @Test
    void theSourceSendsAllOfItBeforeItCloses() throws Exception {
        BrowserChannel channel = browser.channel("source?count=500&size=65536");

        for (int i = 0; i < 500; i++) {
            assertThat(channel.receive().bytes()).hasSize(65_536);
        }
        channel.awaitClosed();
        assertThat(channel.waiting()).isZero();
    }

    @Test
    void anUnknownLabelIsClosedAndTheConnectionStays() throws Exception {
        browser.channel("nobody\nanswers").awaitClosed();

        BrowserChannel channel = browser.channel("echo").awaitOpen();
        channel.send(HELLO);
        assertThat(channel.receive()).isEqualTo(HELLO);
    }

    @Test
    void aHandlerIsToldOpenMessageCloseAndWhoItIs() throws Exception {
        BrowserChannel channel = browser.channel("probe?a=1").awaitOpen();
        channel.send(HELLO);
        channel.send(HELLO);
        assertThat(next()).isEqualTo("open probe a=1 in R");
        assertThat(next()).isEqualTo("hello");
        assertThat(next()).isEqualTo("hello");

        channel.close();

        assertThat(next()).isEqualTo("close");
    }

    @Test
    void closeIsIdempotentAndEndsSending() throws Exception {
        BrowserChannel far = browser.channel("probe");
        Channel near = opened();

        near.close();
        near.close();
        far.awaitClosed();
        near.close();

        assertThat(near.send(HELLO)).isEqualTo(SendResult.CLOSED);
        assertThat(near.awaitWritable(Duration.ofSeconds(5))).isFalse();
        assertThat(next()).isEqualTo("open probe a=null in R");
        assertThat(next()).isEqualTo("close");
        assertThat(calls).isEmpty();
    }

    @Test
    void aSlicedBufferIsSentAsTheSliceThatItIs() throws Exception {
        BrowserChannel far = browser.channel("probe");
        Channel near = opened();

        near.send(Binary.copyOf(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}, 1, 3)));
        near.send(Binary.copyOf(ByteBuffer.allocateDirect(100).slice(7, 2)));

        assertThat(far.receive()).isEqualTo(new Binary(new byte[] {2, 3, 4}));
        assertThat(far.receive()).isEqualTo(new Binary(new byte[2]));
    }

    @Test
    void sendingSaysWhatIsTooLargeAndLosesNothing() throws Exception {
        BrowserChannel far = browser.channel("probe").awaitOpen();
        Channel near = opened();

        assertThat(near.send(new Binary(new byte[262_145]))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(near.send(new Binary(new byte[1_048_576]))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(near.send(new Text("ä".repeat(131_073)))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(near.send(new Binary(new byte[0]))).isEqualTo(SendResult.ACCEPTED);
        assertThat(far.receive()).isEqualTo(new Binary(new byte[0]));
        int accepted = 0;
        int blocked = 0;
        Binary message = new Binary(new byte[262_144]);
        while (accepted < 256) {
            switch (near.send(message)) {
                case ACCEPTED -> accepted++;
                case WOULD_BLOCK -> {
                    blocked++;
                    assertThat(near.awaitWritable(Duration.ofSeconds(20))).isTrue();
                }
                case TOO_LARGE, CLOSED -> throw new AssertionError("not on an open channel");
            }
        }

        for (int i = 0; i < accepted; i++) {
            assertThat(far.receive().bytes()).hasSize(262_144);
        }
        assertThat(blocked).isPositive();
        assertThat(far.isClosed()).isFalse();
    }

    @Test
    void aHandlerThatThrowsLosesItsChannelAlone() throws Exception {
        BrowserChannel healthy = browser.channel("echo").awaitOpen();
        for (String what : new String[] {"exception", "error", "overflow"}) {
            BrowserChannel channel = browser.channel("throwing").awaitOpen();
            channel.send(new Text(what));
            channel.awaitClosed();
        }

        healthy.send(HELLO);
        assertThat(healthy.receive()).isEqualTo(HELLO);
    }

    @Test
    void aHandlerThatBlocksDelaysNobodyElse() throws Exception {
        BrowserChannel blocked = browser.channel("blocking").awaitOpen();
        blocked.send(HELLO);
        assertThat(next()).isEqualTo("blocking");

        for (Browser each : new Browser[] {browser, other}) {
            BrowserChannel channel = each.channel("echo").awaitOpen();
            long sent = System.nanoTime();
            channel.send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
            assertThat(System.nanoTime() - sent).isLessThan(TimeUnit.SECONDS.toNanos(2));
        }
    }

    @Test
    void aHandlerThatFallsTooFarBehindLosesItsChannelAlone() throws Exception {
        BrowserChannel blocked = browser.channel("blocking").awaitOpen();
        Binary message = new Binary(new byte[65_536]);
        for (int sent = 0; sent < 2000 && !blocked.isClosed(); sent++) {
            blocked.send(message);
            blocked.awaitBuffered(1024 * 1024);
        }

        blocked.awaitClosed();
        BrowserChannel healthy = browser.channel("echo").awaitOpen();
        healthy.send(HELLO);
        assertThat(healthy.receive()).isEqualTo(HELLO);
    }

    @Test
    void aBrowserThatClosesItsConnectionEndsItsChannels() throws Exception {
        browser.channel("probe").awaitOpen();
        assertThat(next()).startsWith("open");

        browser.close();

        assertThat(next()).isEqualTo("close");
    }

    private String next() throws InterruptedException {
        String call = calls.poll(20, TimeUnit.SECONDS);
        return call == null ? "nothing" : call;
    }

    private Channel opened() throws InterruptedException {
        Channel channel = opened.poll(20, TimeUnit.SECONDS);
        assertThat(channel).isNotNull();
        return channel;
    }

    private final class Probe implements ChannelHandler {
        @Override
        public String label() {
            return "probe";
        }

        @Override
        public void open(Channel channel) {
            calls.add("open %s a=%s in %s"
                    .formatted(channel.label().name(), channel.label().parameter("a"), channel.room()));
            opened.add(channel);
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            calls.add(((Text) message).text());
        }

        @Override
        public void close(Channel channel) {
            calls.add("close");
        }
    }

    private static final class Throwing implements ChannelHandler {
        @Override
        public String label() {
            return "throwing";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws Exception {
            switch (((Text) message).text()) {
                case "exception" -> throw new Exception("as a handler may");
                case "error" -> throw new AssertionError("as a handler should not");
                default -> throw new AssertionError(endless(0));
            }
        }

        private static int endless(int depth) {
            return depth < 0 ? 0 : 1 + endless(depth + 1);
        }
    }

    private final class Blocking implements ChannelHandler {
        @Override
        public String label() {
            return "blocking";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            calls.add("blocking");
            unblock.await();
        }
    }
}
