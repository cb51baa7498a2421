package dev.peerhost.serverpeer.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.room.IceCandidate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What browsers are told of the server's own addresses. */
class AnnouncementTests {

    private static final String HOST = "candidate:1 1 udp 2122260223 10.0.0.5 50001 typ host generation 0 ufrag x";
    private static final String HOST_V6 = "candidate:2 1 udp 2122260222 fd00::5 50001 typ host generation 0";
    private static final String REFLEXIVE =
            "candidate:3 1 udp 1686052607 203.0.113.9 50001 typ srflx raddr 10.0.0.5 rport 50001 generation 0";
    private static final String ANSWER = String.join(
            "\r\n",
            "v=0",
            "m=application 50001 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 10.0.0.5",
            "a=" + HOST,
            "a=" + HOST_V6,
            "a=" + REFLEXIVE,
            "a=mid:0",
            "");

    @Test
    void withoutSettingsTheyAreToldAllAsItIs() {
        Announcement all = announcement(null);

        for (String line : List.of(HOST, HOST_V6, REFLEXIVE)) {
            assertThat(told(all, line)).isEqualTo(line);
        }
        assertThat(all.of(ANSWER)).isEqualTo(ANSWER);
    }

    @Test
    void thePublicAddressTakesThePlaceOfOursOfItsKind() {
        Announcement nat = announcement("203.0.113.7");

        assertThat(told(nat, HOST)).isEqualTo(HOST.replace("10.0.0.5", "203.0.113.7"));
        assertThat(told(nat, HOST_V6)).contains(" fd00:0:0:0:0:0:0:5 ");
        assertThat(told(nat, REFLEXIVE)).contains(" 203.0.113.9 ", " raddr 0.0.0.0 rport 0 ");
        assertThat(nat.of(ANSWER))
                .doesNotContain("10.0.0.5")
                .contains("\r\na=" + HOST.replace("10.0.0.5", "203.0.113.7") + "\r\n")
                .contains("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n")
                .endsWith("a=mid:0\r\n");
    }

    @Test
    void onlyTheAnnouncedAddressesAreTold() {
        Announcement some = announcement(null, "10.0.0.0/24");

        assertThat(told(some, HOST)).isEqualTo(HOST);
        assertThat(told(some, HOST_V6)).isNull();
        assertThat(told(some, HOST.replace("10.0.0.5", "10.0.1.5"))).isNull();
        assertThat(some.of(ANSWER)).contains("a=" + HOST).doesNotContain("fd00");
    }

    @Test
    void ourOwnAddressDecidesWhetherThePublicOneIsTold() {
        Announcement both = announcement("203.0.113.7", "10.0.0.5");

        assertThat(told(both, HOST)).contains(" 203.0.113.7 ");
        assertThat(told(both, HOST.replace("10.0.0.5", "172.17.0.1"))).isNull();
    }

    private static Announcement announcement(@Nullable String publicAddress, String... ranges) {
        return new Announcement(
                Stream.of(ranges).map(AddressRange::of).toList(),
                publicAddress == null ? null : IpAddress.of(publicAddress));
    }

    private static @Nullable String told(Announcement announcement, String line) {
        IceCandidate told = announcement.of(new IceCandidate(line, "0", 0, null));
        return told == null ? null : told.candidate();
    }
}
