package dev.peerhost.serverpeer.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.network.Announcement;
import dev.peerhost.serverpeer.network.CandidateRule;
import dev.peerhost.serverpeer.network.IpAddress;
import dev.peerhost.serverpeer.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of a browser's candidates reach the native library, and how they are written then. */
class RemoteCandidatesTests {

    private final List<String> taken = new ArrayList<>();

    @Test
    void anAllowedCandidateIsPrintedAnew() {
        RemoteCandidates candidates = described("all");
        candidates.add(parse("a=candidate:Ab+/9 1 UDP 2122260223 2001:DB8::7 60630 typ srflx raddr 10.0.0.1 rport 9"
                + " generation 3 ufrag one1 network-id 2 network-cost 50"));

        assertThat(taken)
                .containsExactly("candidate:Ab+/9 1 udp 2122260223 2001:db8:0:0:0:0:0:7 60630 typ srflx ufrag one1");
    }

    @Test
    void byDefaultNoneIsUsed() {
        RemoteCandidates candidates = described("ignore");
        candidates.add(parse(at("8.8.8.8")));
        candidates.add(parse(at("10.0.0.1")));

        assertThat(taken).isEmpty();
    }

    @Test
    void aListOfRangesAllowsThoseAndNoOthers() {
        RemoteCandidates candidates = described("10.1.0.0/16", "2001:db8::/32");
        Stream.of("10.1.2.3", "10.2.0.1", "2001:db8::1", "2001:db9::1", "8.8.8.8")
                .forEach(host -> candidates.add(parse(at(host))));

        assertThat(taken).hasSize(2).allMatch(line -> line.contains(" 10.1.2.3 ") || line.contains(" 2001:db8:0:"));
    }

    @Test
    void thePublicAddressOfTheServerIsNotConnectedTo() {
        RemoteCandidates candidates = described("public", "all");
        candidates.add(parse(at("1.2.3.4")));
        candidates.add(parse(at("1.2.3.5")));

        assertThat(taken).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "::/0"})
    void anIpv4AddressInDisguiseIsNeverUsed(String rule) {
        described(rule).add(parse(at("::ffff:a00:1")));

        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.peerhost.serverpeer.HostileCandidates#forbidden")
    void publicAllowsNoForbiddenAddressInTheSdpNorTrickled(String host) {
        describedWith("public", at(host)).add(parse(at(host)));

        assertThat(taken).isEmpty();
    }

    /** Even with {@code all}: what is not an address in its usual spelling is not handed on. */
    @ParameterizedTest
    @MethodSource("dev.peerhost.serverpeer.HostileCandidates#spellings")
    void noUnusualSpellingIsHandedOn(String host) {
        try {
            RemoteCandidates candidates = describedWith("all", at("10.0.0.2"), at(host));
            candidates.add(parse(at(host)));
        } catch (Rejection malformed) {
            assertThat(malformed.code()).isEqualTo(Rejection.Code.BAD_BODY);
        }

        assertThat(taken).allSatisfy(line -> {
            IpAddress address = IpAddress.parse(line.split(" ", -1)[4]);
            assertThat(address).hasToString(line.split(" ", -1)[4]);
            assertThat(line).doesNotContain("%", "[", "ffff:");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:1 1 tcp 1518280447 8.8.8.8 9 typ host tcptype active",
                "candidate:1 1 ssltcp 1518280447 8.8.8.8 443 typ host",
                "candidate:1 2 udp 2122260223 8.8.8.8 60630 typ host",
                "candidate:1 1 udp 2122260223 8.8.8.8 0 typ host",
                "candidate:1 1 udp 2122260223 6f1c-uuid.local 60630 typ host"
            })
    void whatCannotBeUsedIsIgnored(String line) {
        described("all").add(parse(line));

        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rubbish",
                "candidate:1 1 udp 2122260223 8.8.8.8 60630",
                "candidate:1 1 udp 2122260223 8.8.8.8 60630 typ other",
                "candidate: 1 udp 2122260223 8.8.8.8 60630 typ host",
                "candidate:1 1 udp 4294967296 8.8.8.8 60630 typ host",
                "candidate:1 1 udp 2122260223 8.8.8.8 65536 typ host",
                "candidate:1 1 udp 2122260223 8.8.8.8 60630 typ host generation",
                "candidate:1 1 udp 2122260223 8.8.8.8  60630 typ host",
                "candidate:1 1 udp 2122260223 8.8.8.8 60630 typ host\r\na=candidate:2",
                "candidate:١ 1 udp 2122260223 8.8.8.8 60630 typ host",
                "candidate:1 1 udp 2122260223 ８.8.8.8 60630 typ host"
            })
    void whatIsNoCandidateIsRefusedWhenTrickledAndIgnoredInAnSdp(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        refused -> assertThat(refused.sentence()).startsWith("This is no ICE candidate; send "));

        if (line.chars().allMatch(character -> character < 0x7f)) {
            describedWith("all", line, at("8.8.8.8"));
            assertThat(taken).hasSize(1);
        }
    }

    @Test
    void aDescriptionsCandidatesAndTrickledOnesCountTogether() {
        RemoteCandidates candidates = describedWith(
                "all", IntStream.range(0, 250).mapToObj(i -> at("10.0.1." + i)).toArray(String[]::new));
        assertThat(taken).hasSize(20);

        assertThatThrownBy(() -> candidates.add(parse(at("10.0.0.2"))))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        refused -> assertThat(refused.sentence()).startsWith("At most 20 candidates"));
        candidates.described(offer("one1"));
        assertThatThrownBy(() -> candidates.add(parse(at("10.0.0.2")))).isInstanceOf(Rejection.class);

        candidates.described(offer("two2", at("10.0.0.3")));
        candidates.add(parse(at("10.0.0.4")));
        assertThat(taken).hasSize(22);
    }

    @ParameterizedTest
    @CsvSource({"one1, 1, 2", "two2, 0, 1", "three3, 0, 1"})
    void aCandidateWaitsForTheDescriptionThatItBelongsTo(String ufrag, int afterFirst, int afterSecond) {
        RemoteCandidates candidates = new RemoteCandidates(address -> true, taken::add);
        candidates.add(RemoteCandidate.parse(new IceCandidate(at("10.0.0.1"), "0", 0, ufrag)));
        assertThat(taken).isEmpty();

        candidates.described(offer("one1"));
        candidates.add(RemoteCandidate.parse(new IceCandidate(at("10.0.0.2"), "0", 0, "two2")));
        assertThat(taken).hasSize(afterFirst);

        candidates.described(offer("two2"));
        assertThat(taken).hasSize(afterSecond);
    }

    @Test
    void onlySoManyWaitForADescription() {
        RemoteCandidates candidates = new RemoteCandidates(address -> true, taken::add);
        for (int i = 0; i < 20; i++) {
            candidates.add(parse(at("10.0.0.1")));
        }
        assertThatThrownBy(() -> candidates.add(parse(at("10.0.0.1")))).isInstanceOf(Rejection.class);
    }

    private RemoteCandidates described(String... rules) {
        RemoteCandidates candidates = new RemoteCandidates(network(rules)::allows, taken::add);
        candidates.described(offer("one1"));
        return candidates;
    }

    private RemoteCandidates describedWith(String rule, String... lines) {
        RemoteCandidates candidates = new RemoteCandidates(network(rule)::allows, taken::add);
        candidates.described(offer("one1", lines));
        return candidates;
    }

    private static Network network(String... rules) {
        return new Network(
                Stream.of(rules).map(CandidateRule::of).toList(),
                null,
                new Announcement(List.of(), IpAddress.of("1.2.3.4")));
    }

    private static RemoteOffer offer(String ufrag, String... candidates) {
        return RemoteOffer.parse(String.join(
                "\r\n",
                "v=0",
                "o=- 1 2 IN IP4 127.0.0.1",
                "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
                "a=ice-ufrag:" + ufrag,
                "a=ice-pwd:bjfWvcrGFtlwo5kXJOZIPPe4",
                "a=fingerprint:sha-1 " + "00:".repeat(19) + "00",
                Stream.of(candidates).map(line -> "a=" + line).collect(Collectors.joining("\r\n"))));
    }

    private static RemoteCandidate parse(String line) {
        return RemoteCandidate.parse(new IceCandidate(line, "0", 0, null));
    }

    private static String at(@Nullable String host) {
        return "candidate:1 1 udp 2122260223 " + host + " 60630 typ host";
    }
}
