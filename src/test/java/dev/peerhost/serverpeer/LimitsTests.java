package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.Rejected;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.Admission;
import dev.peerhost.serverpeer.limit.Limit;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.limit.PeerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** What one connection may do, over real connections on this machine. */
@Timeout(60)
class LimitsTests {

    private static final Text HELLO = new Text("hello");

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void theSeventeenthChannelIsClosedAndTheOthersLive() throws Exception {
        Limits limits = new Limits(Host.LIMITS);
        Browser browser = browser();
        List<BrowserChannel> channels = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            channels.add(browser.channel("echo"));
        }
        new Visitor(host(limits).rooms, "R").connect(browser);
        for (BrowserChannel channel : channels) {
            talk(channel);
        }

        browser.channel("echo").awaitClosed();

        assertThat(limits.exceeded(Limit.CHANNELS_PER_CONNECTION)).isEqualTo(1);
        for (BrowserChannel channel : channels) {
            talk(channel);
        }
        channels.getFirst().close();
        channels.getFirst().awaitClosed();
        talk(browser.channel("echo"));
    }

    @Test
    void aLabelOrProtocolTooLongClosesItsChannel() throws Exception {
        Limits limits = new Limits(Host.LIMITS);
        Browser browser = browser();
        BrowserChannel channel = browser.channel("echo");
        new Visitor(host(limits).rooms, "R").connect(browser);

        BrowserChannel long1024 = browser.channel("echo?" + "x".repeat(1024 - 5));
        talk(long1024);
        browser.channel("echo?" + "é".repeat(510)).awaitClosed();
        withProtocol(browser, 1025).awaitClosed();
        talk(withProtocol(browser, 1024));
        browser.channel("").awaitClosed();

        assertThat(limits.exceeded(Limit.LABEL_LENGTH)).isEqualTo(1);
        assertThat(limits.exceeded(Limit.PROTOCOL_LENGTH)).isEqualTo(1);
        talk(channel);
    }

    @Test
    void moreMessagesThanAllowedCloseTheConnection() throws Exception {
        Limits limits = new Limits(limits(Duration.ZERO, Duration.ZERO, 20, 0));
        Browser browser = browser();
        BrowserChannel channel = browser.channel("sink");
        Visitor visitor = new Visitor(host(limits).rooms, "R");
        visitor.connect(browser);
        channel.awaitOpen();

        for (int i = 0; i < 100; i++) {
            channel.send(HELLO);
        }

        channel.awaitClosed();
        closedBecause(visitor, "20 messages a second");
        assertThat(limits.exceeded(Limit.MESSAGES_PER_SECOND)).isEqualTo(1);
    }

    @Test
    void moreBytesThanAllowedCloseTheConnectionAndNoOther() throws Exception {
        Limits limits = new Limits(limits(Duration.ZERO, Duration.ZERO, 0, 10_000));
        Host host = host(limits);
        Browser browser = browser();
        Browser other = browser();
        BrowserChannel channel = browser.channel("sink");
        BrowserChannel another = other.channel("echo");
        Visitor visitor = new Visitor(host.rooms, "R");
        visitor.connect(browser);
        new Visitor(host.rooms, "R").connect(other);
        channel.awaitOpen();

        channel.send(new Binary(new byte[9_000]));
        channel.send(new Binary(new byte[9_000]));

        channel.awaitClosed();
        closedBecause(visitor, "10,000 bytes a second");
        talk(another);
    }

    @Test
    void aConnectionWithoutAMessageIsClosedAndOneWithStays() throws Exception {
        Limits limits = new Limits(limits(Duration.ofSeconds(1), Duration.ZERO, 0, 0));
        Host host = host(limits);
        Browser silent = browser();
        Browser talking = browser();
        BrowserChannel idle = silent.channel("echo");
        BrowserChannel busy = talking.channel("echo");
        Visitor visitor = new Visitor(host.rooms, "R");
        visitor.connect(silent);
        new Visitor(host.rooms, "R").connect(talking);

        while (!idle.isClosed()) {
            talk(busy);
        }

        talk(busy);
        closedBecause(visitor, "1 s without a message");
        assertThat(limits.exceeded(Limit.IDLE_TIME)).isEqualTo(1);
    }

    @Test
    void aConnectionLivesNoLongerThanAllowed() throws Exception {
        Limits limits = new Limits(limits(Duration.ZERO, Duration.ofSeconds(1), 0, 0));
        Browser browser = browser();
        BrowserChannel channel = browser.channel("echo");
        Visitor visitor = new Visitor(host(limits).rooms, "R");
        visitor.connect(browser);
        long start = System.nanoTime();
        talk(channel);

        channel.awaitClosed();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        closedBecause(visitor, "1 s of life");
    }

    private static BrowserChannel withProtocol(Browser browser, int length) {
        RTCDataChannelInit init = new RTCDataChannelInit();
        init.protocol = "p".repeat(length);
        return browser.channel("echo", init);
    }

    private static void closedBecause(Visitor visitor, String limit) throws InterruptedException {
        assertThat(visitor.next(Rejected.class))
                .isEqualTo(new Rejected(
                        Rejection.Code.SERVER_PEER_UNAVAILABLE,
                        "Your connection was closed, since it exceeded %s; connect anew.".formatted(limit),
                        "/app/rooms/R/offer"));
    }

    private static void talk(BrowserChannel channel) throws Exception {
        channel.awaitOpen().send(HELLO);
        assertThat(channel.receive()).isEqualTo(HELLO);
    }

    private Browser browser() {
        Browser browser = new Browser();
        open.add(browser);
        return browser;
    }

    private Host host(Limits limits) {
        Host host = new Host(new Admission(10, limits), Host.BUFFER);
        open.add(host);
        return host;
    }

    private static PeerLimits limits(Duration idle, Duration life, long messages, long bytes) {
        return new PeerLimits(500, 300, 600, 16, 1024, 1024, idle, life, messages, DataSize.ofBytes(bytes));
    }
}
