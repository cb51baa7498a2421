package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Reconnect;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** What happens to connections of spent generations when the messages that the library keeps are too many. */
@Timeout(60)
class ReconnectTests {

    private static final Text HELLO = new Text("hello");

    /** More messages than the budget. */
    private static final int TOO_MANY = 600;

    @Test
    void theBrowserIsAskedAndBothConnectionsLiveUntilItHasMoved() throws Exception {
        try (Host host = host(Duration.ofSeconds(30));
                Browser after = new Browser()) {
            Visitor visitor = new Visitor(host.rooms, "R");
            BrowserChannel fresh = after.channel("echo");
            try (Browser before = new Browser()) {
                BrowserChannel old = before.channel("echo");
                visitor.connect(before);
                echo(old.awaitOpen(), TOO_MANY);

                assertThat(visitor.next(Reconnect.class))
                        .isEqualTo(new Reconnect(visitor.room(), PeerId.SERVER, Duration.ofSeconds(30)));
                visitor.connect(after);
                echo(fresh.awaitOpen(), 1);
                echo(old, 1);
                assertThat(host.links.size()).isEqualTo(2);
                assertThat(host.generations()).isEqualTo(2);
            }
            host.awaitLinks(1);
            echo(fresh, 1);
            host.awaitGenerations(1);
            assertThat(visitor.heardNothing()).isTrue();

            visitor.leave();
            host.awaitLinks(0);
        }
    }

    @Test
    void leavingEndsBoth() throws Exception {
        try (Host host = host(Duration.ofSeconds(30));
                Browser before = new Browser();
                Browser after = new Browser()) {
            Visitor visitor = new Visitor(host.rooms, "R");
            BrowserChannel old = before.channel("echo");
            visitor.connect(before);
            echo(old.awaitOpen(), TOO_MANY);
            visitor.next(Reconnect.class);
            BrowserChannel fresh = after.channel("echo");
            visitor.connect(after);
            fresh.awaitOpen();

            visitor.leave();

            old.awaitClosed();
            fresh.awaitClosed();
            host.awaitLinks(0);
        }
    }

    @Test
    void whoStaysIsClosedAfterTheDeadlineAndNotBefore() throws Exception {
        Duration within = Duration.ofSeconds(2);
        try (Host host = host(within);
                Browser browser = new Browser()) {
            Visitor visitor = new Visitor(host.rooms, "R");
            BrowserChannel channel = browser.channel("echo");
            visitor.connect(browser);
            echo(channel.awaitOpen(), TOO_MANY);
            visitor.next(Reconnect.class);
            long asked = visitor.lastDelivery();

            channel.awaitClosed();

            assertThat(Duration.ofNanos(System.nanoTime() - asked))
                    .isBetween(within.minusMillis(500), within.plusSeconds(5));
            host.awaitLinks(0);
        }
    }

    @Test
    void whoCannotBeAskedIsClosedAfterTheDeadline() throws Exception {
        try (Host host = host(Duration.ofSeconds(1));
                Browser browser = new Browser()) {
            HttpPeer peer = new HttpPeer(remote -> host.links.open(new LinkId("somebody", null), null, remote));
            BrowserChannel channel = browser.channel("echo");
            browser.accept(
                    peer.offer(RemoteOffer.parse(browser.gatheredOffer())).get(20, TimeUnit.SECONDS));
            echo(channel.awaitOpen(), TOO_MANY);

            channel.awaitClosed();

            host.awaitLinks(0);
        }
    }

    private static Host host(Duration within) {
        GenerationLimits limits = new GenerationLimits(
                Rotation.Mode.AUTO,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                Duration.ofDays(1),
                DataSize.ofBytes(TOO_MANY / 2 * GenerationLimits.KEPT_PER_MESSAGE),
                within);
        return new Host(NativeRelease.choose(NativeRelease.Mode.AUTO), limits, 10);
    }

    private static void echo(BrowserChannel channel, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            channel.send(HELLO);
        }
        for (int i = 0; i < times; i++) {
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }
}
