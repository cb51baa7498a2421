package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.Presence;
import dev.peerhost.room.Rejected;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.Rooms;
import dev.peerhost.room.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signaling with the server's own peer, over real connections on this machine. */
@Timeout(60)
class ServerPeerTests {

    private static final ChannelMessage HELLO = new Text("hello");

    private final Host host = new Host(3);

    @AfterEach
    void nothingIsLeft() throws InterruptedException {
        host.close();
        host.awaitLinks(0);
    }

    @Test
    void itIsInEveryNewcomersRoster() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");

        assertThat(visitor.next(Presence.Roster.class).peers())
                .containsExactly(new PeerInfo(PeerId.SERVER, "server", PeerInfo.Kind.SERVER));
    }

    @Test
    void itIsInNoRosterWhenItIsUnavailable() throws Exception {
        Rooms rooms = new Rooms(32, List.of(new ServerPeer(host.links, new ServerPeerStatus("No library."))));
        Visitor visitor = new Visitor(rooms, "R");

        assertThat(visitor.next(Presence.Roster.class).peers()).isEmpty();
    }

    @Test
    void itAnswersAndThenTricklesItsCandidatesToTheEnd() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            visitor.offer(browser.offer());

            Signal.Answer answer = visitor.next(Signal.Answer.class);
            assertThat(answer.from()).isEqualTo(PeerId.SERVER);
            assertThat(answer.sdp()).doesNotContain("a=candidate:");
            browser.accept(answer.sdp());
            Signal.Candidate candidate = visitor.next(Signal.Candidate.class);
            assertThat(candidate.candidate()).isNotNull();
            while (candidate.candidate() != null) {
                assertThat(candidate.candidate().candidate()).contains(" udp ").doesNotContain("tcptype");
                browser.add(candidate.candidate());
                candidate = visitor.next(Signal.Candidate.class);
            }
            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void anIceRestartKeepsTheChannel() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            visitor.connect(browser);
            channel.awaitOpen();

            visitor.offer(browser.restartIce());
            visitor.negotiate(browser);

            channel.send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
            assertThat(host.links.size()).isEqualTo(1);
        }
    }

    @Test
    void anIceRestartLosesNothingThatIsSentMeanwhile() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            visitor.connect(browser);
            channel.awaitOpen();
            int sent = 0;
            for (int restart = 0; restart < 3; restart++) {
                channel.send(new Text("before " + sent++));
                String offer = browser.restartIce();
                channel.send(new Text("offer made " + sent++));
                visitor.offer(offer);
                channel.send(new Text("offer sent " + sent++));
                String answer = visitor.next(Signal.Answer.class).sdp();
                channel.send(new Text("answered " + sent++));
                browser.accept(answer);
                channel.send(new Text("accepted " + sent++));
                for (IceCandidate candidate = next(visitor); candidate != null; candidate = next(visitor)) {
                    browser.add(candidate);
                    channel.send(new Text("candidate " + sent++));
                }
                channel.send(new Text("after " + sent++));
            }
            for (int i = 0; i < sent; i++) {
                assertThat(new String(channel.receive().bytes(), StandardCharsets.UTF_8))
                        .endsWith(" " + i);
            }
            assertThat(host.links.size()).isEqualTo(1);
        }
    }

    @Test
    void aBrowserThatClosesItsConnectionIsGoneAtOnceThoughItStaysInTheRoom() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        Browser browser = new Browser();
        BrowserChannel channel = browser.channel("echo");
        visitor.connect(browser);
        channel.awaitOpen();

        long closed = System.nanoTime();
        browser.close();
        host.awaitLinks(0);

        assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(Duration.ofSeconds(1));
        assertThat(host.rooms.size()).isEqualTo(1);
    }

    @Test
    void aConnectionOutlivesItsLastChannel() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel first = browser.channel("echo");
            visitor.connect(browser);
            first.awaitOpen().close();
            first.awaitClosed();

            BrowserChannel second = browser.channel("echo");
            second.awaitOpen().send(HELLO);
            assertThat(second.receive()).isEqualTo(HELLO);
            assertThat(host.links.size()).isEqualTo(1);
        }
    }

    @Test
    void manyOffersAreAnsweredInOrderOnOneConnection() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel first = browser.channel("echo");
            visitor.connect(browser);
            for (int i = 0; i < 20; i++) {
                visitor.offer(browser.offer());
                browser.accept(visitor.next(Signal.Answer.class).sdp());
            }
            BrowserChannel second = browser.channel("sendChannel");

            for (BrowserChannel channel : List.of(first, second)) {
                channel.awaitOpen().send(HELLO);
                assertThat(channel.receive()).isEqualTo(HELLO);
            }
        }
    }

    @Test
    void aBrowserThatStartsAnewGetsANewConnection() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser before = new Browser();
                Browser after = new Browser()) {
            BrowserChannel old = before.channel("echo");
            visitor.connect(before);
            old.awaitOpen();

            BrowserChannel channel = after.channel("echo");
            visitor.connect(after);
            channel.awaitOpen().send(HELLO);

            assertThat(channel.receive()).isEqualTo(HELLO);
            old.awaitClosed();
            assertThat(host.links.size()).isEqualTo(1);
        }
    }

    @Test
    void leavingClosesTheConnection() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        Visitor other = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser();
                Browser staying = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            BrowserChannel another = staying.channel("echo");
            visitor.connect(browser);
            other.connect(staying);
            channel.awaitOpen();

            visitor.leave();

            channel.awaitClosed();
            host.awaitLinks(1);
            another.awaitOpen().send(HELLO);
            assertThat(another.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void aClosedRoomLeavesNothing() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            browser.channel("echo");
            visitor.connect(browser);
            visitor.leave();
            host.awaitLinks(0);

            assertThat(host.rooms.size()).isZero();
            Visitor again = new Visitor(host.rooms, "R");
            assertThat(again.next(Presence.Roster.class).peers()).hasSize(1);
        }
    }

    @Test
    void aBadOfferIsRefusedToItsSenderAndTheNextIsAnswered() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            visitor.offer("v=0\r\nrubbish");
            assertThat(visitor.next(Rejected.class))
                    .isEqualTo(new Rejected(
                            Rejection.Code.BAD_BODY,
                            "The SDP of the offer has a line that is not of the form x=value; send the sdp of"
                                    + " localDescription as it is.",
                            "/app/rooms/R/offer"));

            visitor.connect(browser);
            visitor.offer("v=0\r\n");
            assertThat(visitor.next(Rejected.class).code()).isEqualTo(Rejection.Code.BAD_BODY);

            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void itOnlyAnswers() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        visitor.send(new Signal.Answer(visitor.room(), visitor.id(), PeerId.SERVER, "v=0"));

        assertThat(visitor.next(Rejected.class))
                .isEqualTo(new Rejected(
                        Rejection.Code.BAD_BODY,
                        "The server's own peer only answers; send it an offer.",
                        "/app/rooms/R/answer"));
    }

    @Test
    void aCandidateIsTakenAtAnyTimeAndABadOneIsRefused() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        candidate(visitor, "candidate:1 1 udp 2122260223 192.0.2.9 60630 typ host generation 0");
        candidate(visitor, "");
        visitor.send(new Signal.Candidate(visitor.room(), visitor.id(), PeerId.SERVER, null));
        candidate(visitor, "rubbish");

        assertThat(visitor.next(Rejected.class))
                .isEqualTo(new Rejected(
                        Rejection.Code.BAD_BODY,
                        "This is no ICE candidate; send the event's candidate.toJSON() as it is.",
                        "/app/rooms/R/candidate"));
        assertThat(visitor.heardNothing()).isTrue();
    }

    @Test
    void moreConnectionsThanItHoldsAreRefused() throws Exception {
        try (Browser one = new Browser();
                Browser two = new Browser();
                Browser three = new Browser();
                Browser four = new Browser()) {
            for (Browser browser : List.of(one, two, three)) {
                browser.channel("echo");
                new Visitor(host.rooms, "R").connect(browser);
            }
            Visitor late = new Visitor(host.rooms, "R");
            four.channel("echo");
            late.offer(four.offer());

            assertThat(late.next(Rejected.class))
                    .isEqualTo(new Rejected(
                            Rejection.Code.SERVER_PEER_UNAVAILABLE,
                            "The server's own peer has 3 connections and takes no more; try again later.",
                            "/app/rooms/R/offer"));
        }
    }

    @Test
    void itCanBeStoppedAndStartedAgain() throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        try (Browser before = new Browser();
                Browser between = new Browser();
                Browser after = new Browser()) {
            BrowserChannel old = before.channel("echo");
            visitor.connect(before);
            old.awaitOpen();

            host.links.stop();
            old.awaitClosed();
            between.channel("echo");
            visitor.offer(between.offer());
            assertThat(visitor.next(Rejected.class).code()).isEqualTo(Rejection.Code.SERVER_PEER_UNAVAILABLE);

            host.links.start();
            BrowserChannel channel = after.channel("echo");
            visitor.connect(after);
            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void comingAndGoingLeavesNoDescriptorsOpen() throws Exception {
        comeAndGo(5);
        long before = descriptors();

        comeAndGo(30);

        assertThat(descriptors()).isLessThanOrEqualTo(before + 3);
    }

    private void comeAndGo(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Visitor visitor = new Visitor(host.rooms, "R");
            try (Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("echo");
                visitor.connect(browser);
                channel.awaitOpen();
            }
            visitor.leave();
        }
        host.awaitLinks(0);
    }

    private static long descriptors() throws IOException {
        Path folder = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(folder), "only Linux shows the descriptors of a process in /proc");
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static @Nullable IceCandidate next(Visitor visitor) throws InterruptedException {
        return visitor.next(Signal.Candidate.class).candidate();
    }

    private static void candidate(Visitor visitor, String line) {
        visitor.send(new Signal.Candidate(
                visitor.room(), visitor.id(), PeerId.SERVER, new IceCandidate(line, "0", 0, null)));
    }
}
