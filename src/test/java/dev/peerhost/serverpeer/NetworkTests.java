package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejected;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.Signal;
import dev.peerhost.serverpeer.network.NetworkProperties;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Candidates of both ends on real connections of this machine. */
@Timeout(60)
class NetworkTests {

    private static final Text HELLO = new Text("hello");

    /** Where a browser's candidates stand. */
    private enum Way {
        IN_THE_SDP,
        AFTER_THE_OFFER,
        BEFORE_THE_OFFER
    }

    @Test
    void anAllowedCandidateIsConnectedToWhereverItStands() throws Exception {
        for (Way way : Way.values()) {
            try (Host host = host(Map.of("remote-candidates", "all"));
                    Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("echo");
                describe(host, browser, way);

                channel.awaitOpen().send(HELLO);
                assertThat(channel.receive()).as("%s", way).isEqualTo(HELLO);
            }
        }
    }

    @Test
    void otherwiseItIsNot() throws Exception {
        for (Map<String, Object> settings : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("remote-candidates", "198.51.100.0/24,2001:db8::/32"))) {
            try (Host host = host(settings);
                    Browser browser = new Browser()) {
                browser.channel("echo");
                describe(host, browser, Way.AFTER_THE_OFFER);

                assertThatThrownBy(() -> browser.awaitConnected(2)).isInstanceOf(TimeoutException.class);
            }
        }
    }

    @Test
    void aBadCandidateAndOneTooManyAreRefusedAndTheConnectionLives() throws Exception {
        try (Host host = host(Map.of("remote-candidates", "all"));
                Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            Visitor visitor = new Visitor(host.rooms, "R");
            visitor.connect(browser);
            for (int i = 0; i < 20; i++) {
                // Of another m-line, to a port that the native library forbids: it must not mind either.
                String line = "candidate:1 1 udp 1 127.0.0.%d %d typ host".formatted(i, i);
                trickle(visitor, new IceCandidate(line, "no-such-mid", 7, null));
                trickle(visitor, new IceCandidate(line.replace("candidate:1 1", "candidate:1 x"), "0", 0, null));
                assertThat(visitor.next(Rejected.class).message()).startsWith("This is no ICE candidate;");
            }
            String line = "candidate:1 1 udp 1 127.0.0.1 9 typ host";
            trickle(visitor, new IceCandidate(line, null, null, null));
            trickle(visitor, new IceCandidate(line, null, null, null));

            Rejected rejected = visitor.next(Rejected.class);
            assertThat(rejected.code()).isEqualTo(Rejection.Code.BAD_BODY);
            assertThat(rejected.message()).startsWith("At most 20 candidates are used for one description;");
            assertThat(rejected.destination()).isEqualTo("/app/rooms/R/candidate");
            channel.awaitOpen().send(HELLO);
            assertThat(channel.receive()).isEqualTo(HELLO);
        }
    }

    @Test
    void connectionsKeepToThePortsAndAnOfferTooManyIsToldSo() throws Exception {
        try (Host host = host(Map.of("port-range", "41000-41001"));
                Browser one = new Browser();
                Browser two = new Browser();
                Browser three = new Browser();
                Browser four = new Browser()) {
            Visitor first = new Visitor(host.rooms, "R");
            for (Browser browser : List.of(one, two)) {
                Visitor visitor = browser == one ? first : new Visitor(host.rooms, "R");
                browser.channel("echo");
                visitor.offer(browser.offer());
                browser.accept(visitor.next(Signal.Answer.class).sdp());
                for (IceCandidate mine = next(visitor); mine != null; mine = next(visitor)) {
                    assertThat(mine.candidate()).containsPattern(" 4100[01] typ host");
                    browser.add(mine);
                }
                browser.awaitConnected();
            }

            Visitor late = new Visitor(host.rooms, "R");
            three.channel("echo");
            late.offer(three.offer());
            Rejected rejected = late.next(Rejected.class);
            assertThat(rejected.code()).isEqualTo(Rejection.Code.SERVER_PEER_UNAVAILABLE);
            assertThat(rejected.message()).startsWith("The server's own peer found no free port in 41000-41001;");
            host.awaitLinks(2);

            first.leave();
            host.awaitLinks(1);
            BrowserChannel channel = four.channel("echo");
            new Visitor(host.rooms, "R").connect(four);
            channel.awaitOpen();
        }
    }

    @Test
    void browsersAreToldThePublicAddress() throws Exception {
        try (Host host = host(Map.of("public-address", "203.0.113.7", "announced-addresses", "0.0.0.0/0"));
                Browser browser = new Browser()) {
            Visitor visitor = new Visitor(host.rooms, "R");
            browser.channel("echo");
            visitor.offer(browser.offer());
            assertThat(visitor.next(Signal.Answer.class).sdp()).contains("c=IN IP4 0.0.0.0");
            IceCandidate told = next(visitor);
            assertThat(told).isNotNull();
            for (; told != null; told = next(visitor)) {
                assertThat(told.candidate()).contains(" 203.0.113.7 ");
            }
        }
    }

    @Test
    void withoutAnAddressToTellAnOfferIsToldSo() throws Exception {
        try (Host host = host(Map.of("announced-addresses", "198.51.100.0/24"));
                Browser browser = new Browser()) {
            Visitor visitor = new Visitor(host.rooms, "R");
            browser.channel("echo");
            visitor.offer(browser.offer());

            assertThat(visitor.next(Rejected.class).message())
                    .startsWith("The server's own peer has no address that it may tell;");
        }
    }

    private static Host host(Map<String, Object> settings) {
        Map<String, Object> properties = settings.entrySet().stream()
                .collect(Collectors.toMap(entry -> "peerhost.peer." + entry.getKey(), Map.Entry::getValue));
        return new Host(
                new Binder(new MapConfigurationPropertySource(properties))
                        .bindOrCreate("peerhost.peer", NetworkProperties.class)
                        .network(2),
                10);
    }

    /** Offers and takes the answer but none of the server's candidates: only its own checks can connect them. */
    private static void describe(Host host, Browser browser, Way way) throws Exception {
        Visitor visitor = new Visitor(host.rooms, "R");
        String sdp = browser.gatheredOffer();
        List<IceCandidate> candidates = sdp.lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .map(line -> new IceCandidate(line.substring(2), "0", 0, null))
                .toList();
        assertThat(candidates).isNotEmpty();
        if (way == Way.BEFORE_THE_OFFER) {
            candidates.forEach(candidate -> trickle(visitor, candidate));
        }
        visitor.offer(way == Way.IN_THE_SDP ? sdp : sdp.replaceAll("a=candidate:.*\r\n", ""));
        if (way == Way.AFTER_THE_OFFER) {
            candidates.forEach(candidate -> trickle(visitor, candidate));
        }
        String answer = visitor.next(Signal.Answer.class).sdp();
        assertThat(answer.lines()).noneMatch(line -> line.startsWith("a=candidate:"));
        browser.accept(answer);
    }

    private static void trickle(Visitor visitor, IceCandidate candidate) {
        visitor.send(new Signal.Candidate(visitor.room(), visitor.id(), PeerId.SERVER, candidate));
    }

    private static @Nullable IceCandidate next(Visitor visitor) throws InterruptedException {
        return visitor.next(Signal.Candidate.class).candidate();
    }
}
