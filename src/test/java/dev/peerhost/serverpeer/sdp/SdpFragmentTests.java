package dev.peerhost.serverpeer.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.room.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpFragmentTests {

    private static final String FRAGMENT = String.join(
            "\r\n",
            "a=group:BUNDLE 0",
            "a=ice-options:trickle",
            "a=ice-ufrag:EsAw",
            "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "a=mid:0",
            "a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0",
            "a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ srflx raddr 192.0.2.1 rport 61764",
            "a=end-of-candidates",
            "");

    @Test
    void itHasCredentialsAndCandidates() {
        SdpFragment fragment = SdpFragment.parse(FRAGMENT);

        assertThat(fragment.ice()).isEqualTo(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
        assertThat(fragment.candidates())
                .hasSize(2)
                .first()
                .isEqualTo(new RemoteCandidate(
                        "1387637174", 1, "udp", 2_122_260_223L, "192.0.2.1", 61_764, "host", "EsAw"));
    }

    @Test
    void credentialsMayBeLeftOut() {
        assertThat(SdpFragment.parse("a=end-of-candidates\r\n")).isEqualTo(new SdpFragment(null, List.of()));
    }

    @Test
    void ofAnAnswerItKeepsWhatIsAboutIce() {
        String answer = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=msid-semantic: WMS\r\n"
                + FRAGMENT.replace("a=end-of-candidates\r\n", "a=setup:active\r\na=sctp-port:5000\r\n");

        assertThat(SdpFragment.of(answer)).isEqualTo(FRAGMENT.replace("a=end-of-candidates\r\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=mid:0             | v=0              | has a line that begins neither with a= nor with m=",
                "a=mid:0             | m=audio 9 RTP/AVP 0 | has more than one m-line",
                "a=mid:0             | a=x\u0007y       | has a line that is not of the form x=value",
                "a=ice-ufrag:EsAw    | a=x              | has no line a=ice-ufrag:…",
                "a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1 | a=x | has no line a=ice-pwd:…",
                "a=ice-ufrag:EsAw    | a=ice-ufrag:E    | has no valid value after a=ice-ufrag:",
                "typ host            | type host        | has a candidate that is none"
            })
    void everyDefectIsNamed(String from, String to, String sentence) {
        assertThatThrownBy(() -> SdpFragment.parse(FRAGMENT.replace(from, to)))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.sentence())
                                .startsWith("The SDP fragment " + sentence)
                                .endsWith("as RFC 8840 has them."));
    }
}
