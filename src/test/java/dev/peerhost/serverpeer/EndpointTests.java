package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.channel.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels that speak {@code peerhost.1}, over real connections on this machine. */
@Timeout(60)
class EndpointTests {

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final CountDownLatch unblock = new CountDownLatch(1);
    private final Host host = new Host(10, new Probe(), new Blocking());
    private final Visitor visitor = new Visitor(host.rooms, "R");
    private boolean left;
    private final List<Browser> browsers = new ArrayList<>();
    private final List<DeliveringChannel> channels = new ArrayList<>();

    @AfterEach
    void nothingIsLeft() throws Exception {
        unblock.countDown();
        for (DeliveringChannel channel : channels) {
            channel.end();
        }
        browsers.forEach(Browser::close);
        if (!left) {
            visitor.leave();
        }
        host.awaitLinks(0);
        assertThat(host.channels.size()).isZero();
        assertThat(host.channels.toHandle()).hasValue(0);
        assertThat(host.channels.toSend()).hasValue(0);
        host.close();
    }

    @Test
    void anyMessageComesBackInItsKindAndSmallOnesOvertake() throws Exception {
        DeliveringChannel channel = open("echo", "peerhost.1");
        byte[] random = new byte[20 * 1024 * 1024];
        new Random(1).nextBytes(random);
        Text text = new Text("ä".repeat(1_000_000));
        channel.send(new Binary(random));
        channel.send(new Text("small"));

        assertThat(channel.receive()).isEqualTo(new Text("small"));
        assertThat(channel.receive()).isEqualTo(new Binary(random));
        channel.send(text);
        assertThat(channel.receive()).isEqualTo(text);
        channel.send(new Binary(new byte[0]));
        assertThat(channel.receive()).isEqualTo(new Binary(new byte[0]));
    }

    @Test
    void theHandlerSeesTheApplicationsProtocol() throws Exception {
        open("probe", "peerhost.1;orders.v2");
        assertThat(next()).isEqualTo("open orders.v2");
        open("probe", "peerhost.1");
        assertThat(next()).isEqualTo("open ");
    }

    @Test
    void anotherProtocolIsNobodysBusiness() throws Exception {
        Browser browser = browser();
        RTCDataChannelInit options = new RTCDataChannelInit();
        options.protocol = "peerhost.10";
        BrowserChannel plain = browser.channel("echo", options);
        visitor.connect(browser);
        plain.awaitOpen().send(new Binary(new byte[] {16, 1}));
        assertThat(plain.receive()).isEqualTo(new Binary(new byte[] {16, 1}));
    }

    @Test
    void underNewConnectionsEachMessageIsHandledOnceInOrderAndTheHandlerSeesOneChannel() throws Exception {
        DeliveringChannel channel = open("probe", "peerhost.1");
        assertThat(next()).isEqualTo("open ");
        for (int i = 0; i < 4000; i++) {
            if (i % 800 == 799) {
                carryOn(channel);
            }
            channel.send(new Text("" + i));
        }
        for (int i = 0; i < 4000; i++) {
            assertThat(next()).isEqualTo("" + i);
            assertThat(channel.receive()).isEqualTo(new Text("" + i));
        }
        assertThat(browsers).hasSize(6);
        assertThat(calls).isEmpty();
    }

    /** The control of the one above: who does not say what it carried before begins anew. */
    @Test
    void withoutItsIdAChannelIsAnotherOne() throws Exception {
        open("probe", "peerhost.1").send(new Text("before"));
        assertThat(next()).isEqualTo("open ");
        assertThat(next()).isEqualTo("before");

        open("probe", "peerhost.1").send(new Text("after"));

        assertThat(next()).isEqualTo("open ");
        assertThat(next()).isEqualTo("after");
        leave();
        assertThat(next()).isEqualTo("close");
        assertThat(next()).isEqualTo("close");
    }

    @Test
    void whoLeavesBetweenTwoConnectionsIsGoneAtOnce() throws Exception {
        open("probe", "peerhost.1");
        assertThat(next()).isEqualTo("open ");
        Browser without = browser();
        BrowserChannel other = without.channel("sink");
        visitor.connect(without);
        other.awaitOpen();
        assertThat(calls).isEmpty();

        leave();

        assertThat(next()).isEqualTo("close");
    }

    @Test
    void aClosedChannelIsClosedForTheHandlerAtOnce() throws Exception {
        Browser browser = browser();
        DeliveringChannel channel = channel("probe", "peerhost.1");
        BrowserChannel carrier = channel.openOn(browser);
        visitor.connect(browser);
        channel.carryBy(carrier.awaitOpen());
        assertThat(next()).isEqualTo("open ");

        carrier.close();

        assertThat(next()).isEqualTo("close");
    }

    @Test
    void aSlowHandlerHoldsItsSenderUpAndLosesNothing() throws Exception {
        DeliveringChannel channel = open("blocking", "peerhost.1");
        Binary message = new Binary(new byte[60_000]);
        int sent = 0;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < deadline) {
            if (channel.offer(message)) {
                sent++;
            } else {
                Thread.sleep(1);
            }
        }
        assertThat(sent).isBetween(60, 80);
        assertThat(host.channels.traffic().slowHandlers()).isZero();

        unblock.countDown();

        for (int i = 0; i < sent; i++) {
            assertThat(next()).isEqualTo("handled");
        }
    }

    @Test
    void whatTheProtocolForbidsClosesTheChannel() throws Exception {
        for (byte[] frames : new byte[][] {{0, 'a'}, {99}, {}}) {
            Browser browser = browser();
            BrowserChannel carrier = channel("echo", "peerhost.1").openOn(browser);
            visitor.connect(browser);
            carrier.awaitOpen().send(new Binary(frames));
            carrier.awaitClosed();
        }
    }

    @Test
    void theSourceSendsAllOfItBeforeItCloses() throws Exception {
        DeliveringChannel channel = open("source?count=300&size=262144", "peerhost.1");
        for (int i = 0; i < 300; i++) {
            assertThat(channel.receive().bytes()).hasSize(262_144);
        }
    }

    private void leave() {
        left = true;
        visitor.leave();
    }

    private DeliveringChannel open(String label, String protocol) throws Exception {
        DeliveringChannel channel = channel(label, protocol);
        carryOn(channel);
        return channel;
    }

    private void carryOn(DeliveringChannel channel) throws Exception {
        Browser browser = browser();
        BrowserChannel carrier = channel.openOn(browser);
        visitor.connect(browser);
        channel.carryBy(carrier.awaitOpen());
    }

    private DeliveringChannel channel(String label, String protocol) {
        DeliveringChannel channel = new DeliveringChannel(label, protocol);
        channels.add(channel);
        return channel;
    }

    private Browser browser() {
        Browser browser = new Browser();
        browsers.add(browser);
        return browser;
    }

    private String next() throws InterruptedException {
        String call = calls.poll(20, TimeUnit.SECONDS);
        return call == null ? "nothing" : call;
    }

    private final class Probe implements ChannelHandler {
        @Override
        public String label() {
            return "probe";
        }

        @Override
        public void open(Channel channel) {
            calls.add("open " + channel.protocol());
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws Exception {
            calls.add(((Text) message).text());
            while (channel.send(message) == SendResult.WOULD_BLOCK) {
                channel.awaitWritable(Duration.ofSeconds(20));
            }
        }

        @Override
        public void close(Channel channel) {
            calls.add("close");
        }
    }

    private final class Blocking implements ChannelHandler {
        @Override
        public String label() {
            return "blocking";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            unblock.await();
            calls.add("handled");
        }
    }
}
