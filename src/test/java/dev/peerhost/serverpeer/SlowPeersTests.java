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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** Readers and handlers that do not keep up: each harms itself alone, and nothing is lost unsaid. */
@Timeout(90)
class SlowPeersTests {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int MIB = 1024 * 1024;

    /** STUN, acknowledgements and a message of a few bytes pass a relay that drops what is larger. */
    private static final int SMALL = 300;

    private static final Binary CHUNK = new Binary(new byte[65_536]);
    private static final Text HELLO = new Text("hello");

    private final BlockingQueue<Channel> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> blocked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> closed = new LinkedBlockingQueue<>();
    private final CountDownLatch unblock = new CountDownLatch(1);
    private final Host host = new Host(
            new BufferLimits(
                    DataSize.ofMegabytes(2),
                    DataSize.ofMegabytes(64),
                    DataSize.ofMegabytes(14),
                    DataSize.ofMegabytes(16),
                    PATIENCE),
            10,
            new Probe(),
            new Blocking());
    private final Browser browser = new Browser();
    private final Browser other = new Browser();
    private UdpRelay relay;
    private Visitor visitor;

    @BeforeEach
    void connect() throws Exception {
        relay = new UdpRelay();
        browser.channel("sink");
        new Visitor(host.rooms, "R").connect(browser, relay);
        other.channel("sink");
        visitor = new Visitor(host.rooms, "R");
        visitor.connect(other);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        relay.heal();
        long start = System.nanoTime();
        host.close();
        // Whatever handlers do: some of them still block.
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(4));
        assertThat(host.links.size()).isZero();
        browser.close();
        other.close();
        relay.close();
        unblock.countDown();
    }

    @Test
    void aReaderThatTakesNothingLosesItsChannelAndThenItsConnection() throws Exception {
        Channel near = open(browser, "probe");
        BrowserChannel healthy = other.channel("echo").awaitOpen();
        relay.dropAbove(SMALL);
        assertThat(fill(near)).isEqualTo(SendResult.WOULD_BLOCK);
        assertThat(near.awaitWritable(PATIENCE.multipliedBy(5))).isFalse();

        assertThat(near.send(HELLO)).isEqualTo(SendResult.CLOSED);
        assertThat(host.channels.traffic().slowReaders()).isEqualTo(1);
        assertThat(closed.poll(20, TimeUnit.SECONDS)).isSameAs(near);
        host.awaitLinks(1);
        assertThat(relay.dropped()).isPositive();
        assertThat(host.channels.toSend()).hasValueLessThan(MIB);
        healthy.send(HELLO);
        assertThat(healthy.receive()).isEqualTo(HELLO);
    }

    @Test
    void aBrowserThatDoesNotAgreeToACloseLosesItsConnection() throws Exception {
        BrowserChannel far = browser.channel("probe").awaitOpen();
        Channel near = opened.poll(20, TimeUnit.SECONDS);
        BrowserChannel healthy = other.channel("echo").awaitOpen();
        relay.dropAbove(SMALL);
        // Until this has arrived, the browser cannot close its side (RFC 8831 section 6.7).
        far.send(CHUNK);
        near.close();

        assertThat(closed.poll(20, TimeUnit.SECONDS)).isSameAs(near);
        host.awaitLinks(1);
        assertThat(relay.dropped()).isPositive();
        assertThat(host.channels.traffic().slowReaders()).isZero();
        healthy.send(HELLO);
        assertThat(healthy.receive()).isEqualTo(HELLO);
    }

    /** The control of the one before: nobody looks, for an hour. */
    @Test
    void unwatchedSuchABrowserKeepsItsConnection() throws Exception {
        BufferLimits patient = new BufferLimits(
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(14),
                DataSize.ofMegabytes(16),
                Duration.ofHours(1));
        try (Host unwatching = new Host(patient, 10, new Probe());
                UdpRelay between = new UdpRelay();
                Browser quiet = new Browser()) {
            BrowserChannel far = quiet.channel("probe");
            new Visitor(unwatching.rooms, "R").connect(quiet, between);
            far.awaitOpen();
            Channel near = opened.poll(20, TimeUnit.SECONDS);
            between.dropAbove(SMALL);
            far.send(CHUNK);
            near.close();

            // Twice as long as the other takes at most, which looks every second.
            assertThat(closed.poll(PATIENCE.plusSeconds(2).toMillis() * 2, TimeUnit.MILLISECONDS))
                    .isNull();
            assertThat(between.dropped()).isPositive();
            assertThat(unwatching.links.size()).isEqualTo(1);
        }
    }

    @Test
    void aCloseThatIsAgreedToCostsNoMoreThanItsChannel() throws Exception {
        Channel near = open(browser, "probe");
        BrowserChannel stays = browser.channel("echo").awaitOpen();
        near.close();
        assertThat(closed.poll(20, TimeUnit.SECONDS)).isSameAs(near);

        TimeUnit.SECONDS.sleep(PATIENCE.plusSeconds(2).toSeconds());
        stays.send(HELLO);
        assertThat(stays.receive()).isEqualTo(HELLO);
    }

    @Test
    void intoAnInterruptionNothingIsSentAndAfterItEverythingArrives() throws Exception {
        try (Host ours = new Host(10, new Probe());
                UdpRelay between = new UdpRelay();
                Browser lost = new Browser()) {
            BrowserChannel far = lost.channel("probe");
            new Visitor(ours.rooms, "R").connect(lost, between);
            far.awaitOpen();
            Channel near = opened.poll(20, TimeUnit.SECONDS);
            between.dropAbove(0);
            int accepted = 0;
            // ICE notices after some 5 s; until then the native library takes what it cannot deliver.
            for (int i = 0; i < 400 && near.send(HELLO) == SendResult.ACCEPTED; i++) {
                accepted++;
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(near.send(HELLO)).isEqualTo(SendResult.WOULD_BLOCK);
            assertThat(near.awaitWritable(Duration.ofMillis(500))).isFalse();
            assertThat(between.dropped()).isPositive();

            between.heal();
            assertThat(near.awaitWritable(Duration.ofSeconds(20))).isTrue();
            assertThat(near.send(CHUNK)).isEqualTo(SendResult.ACCEPTED);
            for (int i = 0; i < accepted; i++) {
                assertThat(far.receive()).isEqualTo(HELLO);
            }
            assertThat(far.receive()).isEqualTo(CHUNK);
        }
    }

    @Test
    void aReaderThatTakesALittleNowAndThenStays() throws Exception {
        Channel near = open(browser, "probe");
        for (int round = 0; round < 3; round++) {
            relay.dropAbove(SMALL);
            assertThat(fill(near)).isEqualTo(SendResult.WOULD_BLOCK);
            assertThat(near.awaitWritable(PATIENCE.dividedBy(2))).isFalse();
            relay.heal();
            assertThat(near.awaitWritable(PATIENCE.multipliedBy(5))).isTrue();
        }

        assertThat(relay.dropped()).isPositive();
        assertThat(host.channels.traffic().slowReaders()).isZero();
        assertThat(near.send(HELLO)).isEqualTo(SendResult.ACCEPTED);
    }

    @Test
    void aConnectionHoldsNoMoreThanItsBoundHoweverManyChannelsItHas() throws Exception {
        Channel[] near = new Channel[4];
        for (int i = 0; i < near.length; i++) {
            near[i] = open(browser, "probe");
        }
        relay.dropAbove(SMALL);
        for (Channel channel : near) {
            fill(channel);
        }

        assertThat(relay.dropped()).isPositive();
        assertThat(host.channels.toSend().get()).isBetween(MIB + 1L, 2L * MIB);
    }

    @Test
    void nothingIsLostWhenSixtyFourMebibytesAreSentToAStalledBrowser() throws Exception {
        BrowserChannel far = browser.channel("probe").awaitOpen();
        Channel near = opened.poll(20, TimeUnit.SECONDS);
        relay.dropAbove(SMALL);
        int accepted = 0;
        // As a handler does that does not look at what becomes of its messages.
        for (int sent = 0; sent < 1024; sent++) {
            accepted += near.send(CHUNK) == SendResult.ACCEPTED ? 1 : 0;
        }
        assertThat(accepted).isLessThan(1024);
        TimeUnit.SECONDS.sleep(1);
        relay.heal();
        for (int i = 0; i < accepted; i++) {
            assertThat(far.receive()).isEqualTo(CHUNK);
        }

        // And as one does that waits.
        relay.dropAbove(SMALL);
        Thread heal = Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            relay.heal();
        });
        for (int sent = 0; sent < 1024; ) {
            if (near.send(CHUNK) == SendResult.ACCEPTED) {
                sent++;
            } else {
                assertThat(near.awaitWritable(Duration.ofSeconds(20))).isTrue();
            }
        }
        for (int i = 0; i < 1024; i++) {
            assertThat(far.receive()).isEqualTo(CHUNK);
        }
        heal.join();
        assertThat(near.send(HELLO)).isEqualTo(SendResult.ACCEPTED);
        assertThat(far.receive()).isEqualTo(HELLO);
        assertThat(far.isClosed()).isFalse();
        assertThat(relay.dropped()).isPositive();
    }

    /** The control of the one before: what the native library does with the same messages. */
    @Test
    void withoutTheBoundTheNativeLibraryLosesMostOfThem() throws Exception {
        BrowserChannel bare = browser.channel("sink").awaitOpen();
        relay.dropAbove(SMALL);
        for (int sent = 0; sent < 1024; sent++) {
            bare.send(CHUNK);
        }
        relay.heal();

        bare.awaitClosed();
        assertThat(host.channels.traffic().messagesReceived()).isLessThan(512);
    }

    @Test
    void anUnreliableChannelLosesMessagesInPlaceOfItself() throws Exception {
        RTCDataChannelInit unreliable = new RTCDataChannelInit();
        unreliable.maxRetransmits = 0;
        BrowserChannel far = browser.channel("blocking", unreliable).awaitOpen();
        Traffic traffic = host.channels.traffic();
        while (traffic.dropped() == 0) {
            far.send(CHUNK);
            far.awaitBuffered(MIB);
        }
        assertThat(blocked.poll(20, TimeUnit.SECONDS)).isNotNull();

        assertThat(far.isClosed()).isFalse();
        assertThat(traffic.slowHandlers()).isZero();
        assertThat(host.channels.toHandle().get()).isBetween(13L * MIB, 14L * MIB);
    }

    @Test
    void whenTooMuchWaitsInAllTheOneFurthestBehindIsCut() throws Exception {
        BrowserChannel behind = browser.channel("blocking").awaitOpen();
        send(behind, 12 * MIB);
        BrowserChannel less = other.channel("blocking").awaitOpen();
        send(less, 6 * MIB);

        behind.awaitClosed();
        less.send(HELLO);
        assertThat(less.isClosed()).isFalse();
        assertThat(host.channels.traffic().slowHandlers()).isEqualTo(1);
        assertThat(host.channels.traffic().dropped()).isPositive();
        assertThat(host.channels.toHandle().get()).isLessThan(8L * MIB);
    }

    @Test
    void aHandlerThatBlocksForEverHoldsUpNoClose() throws Exception {
        BrowserChannel far = other.channel("blocking").awaitOpen();
        far.send(HELLO);
        assertThat(blocked.poll(20, TimeUnit.SECONDS)).isNotNull();

        visitor.leave();
        host.awaitLinks(1);

        BrowserChannel healthy = browser.channel("echo").awaitOpen();
        healthy.send(HELLO);
        assertThat(healthy.receive()).isEqualTo(HELLO);
    }

    private void send(BrowserChannel channel, int bytes) throws Exception {
        long before = host.channels.traffic().bytesReceived();
        for (int sent = 0; sent < bytes; sent += CHUNK.bytes().length) {
            channel.send(CHUNK);
            channel.awaitBuffered(MIB);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (host.channels.traffic().bytesReceived() < before + bytes) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private Channel open(Browser from, String label) throws Exception {
        from.channel(label).awaitOpen();
        Channel channel = opened.poll(20, TimeUnit.SECONDS);
        assertThat(channel).isNotNull();
        return channel;
    }

    /** Sends until nothing more is taken, and tells how it was refused. */
    private static SendResult fill(Channel channel) {
        SendResult result = SendResult.ACCEPTED;
        for (int sent = 0; sent < 1024 && result == SendResult.ACCEPTED; sent++) {
            result = channel.send(CHUNK);
        }
        return result;
    }

    private final class Probe implements ChannelHandler {
        @Override
        public String label() {
            return "probe";
        }

        @Override
        public void open(Channel channel) {
            opened.add(channel);
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            // Nobody sends to it.
        }

        @Override
        public void close(Channel channel) {
            closed.add(channel);
        }
    }

    private final class Blocking implements ChannelHandler {
        @Override
        public String label() {
            return "blocking";
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            blocked.add(channel);
            unblock.await();
        }
    }
}
