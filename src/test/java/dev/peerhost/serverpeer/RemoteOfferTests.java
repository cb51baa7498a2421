package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.room.Rejection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteOfferTests {

    private static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=- 8076175355948253363 2 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE 0",
            "m=application 60630 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 192.0.2.22",
            "a=candidate:3554716052 1 udp 2122260223 192.0.2.22 60630 typ host generation 0 network-id 2",
            "a=candidate:1270274445 1 udp 2122194687 example.org 60631 typ host",
            "a=end-of-candidates",
            "a=ice-ufrag:oPZ8",
            "a=ice-pwd:bjfWvcrGFtlwo5kXJOZIPPe4",
            "a=fingerprint:sha-256 F3:FF:91:8D",
            "a=setup:actpass",
            "a=mid:0",
            "a=sctp-port:5000",
            "a=max-message-size:200000",
            "");

    @Test
    void noAddressInAnOfferIsEverConnectedTo() {
        RemoteOffer offer = RemoteOffer.parse(OFFER);

        assertThat(offer.sdp()).doesNotContain("candidate", "example.org").endsWith("a=max-message-size:200000\r\n");
        assertThat(offer.sdp().lines()).hasSize(14);
        assertThat(RemoteOffer.parse(OFFER.replace("a=candidate:", "a=Candidate:"))
                        .sdp())
                .doesNotContain("Candidate");
    }

    @Test
    void theSessionTellsRenegotiationFromANewConnection() {
        String session = RemoteOffer.parse(OFFER).session();

        assertThat(RemoteOffer.parse(OFFER.replace("3363 2 IN", "3363 3 IN").replace("oPZ8", "new1"))
                        .session())
                .isEqualTo(session);
        assertThat(RemoteOffer.parse(OFFER.replace("3363 2 IN", "3364 2 IN")).session())
                .isNotEqualTo(session);
        assertThat(RemoteOffer.parse(OFFER.replace("F3:FF", "F4:FF")).session()).isNotEqualTo(session);
    }

    @ParameterizedTest
    @CsvSource({"200000, 200000", "0, 262144", "262144, 262144", "999999999999999999, 262144", "1, 1"})
    void theLargestMessageIsWhatBothSidesTake(String announced, int expected) {
        assertThat(RemoteOffer.parse(OFFER.replace("200000", announced)).maxMessageSize())
                .isEqualTo(expected);
    }

    @Test
    void withoutAnAnnouncementItIs65536() {
        assertThat(RemoteOffer.parse(OFFER.replace("a=max-message-size:200000\r\n", ""))
                        .maxMessageSize())
                .isEqualTo(65_536);
    }

    @Test
    void linesMayEndWithoutCarriageReturn() {
        assertThat(RemoteOffer.parse(OFFER.replace("\r\n", "\n")).sdp())
                .isEqualTo(RemoteOffer.parse(OFFER).sdp());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "v=0                 | v=1                | does not start with the line v=0",
                "s=-                 | s                  | has a line that is not of the form x=value",
                "t=0 0               | t=0\u00000         | has a line that is not of the form x=value",
                "o=- 8076175355948253363 2 | o=- x 2       | has no valid line o=…",
                "s=-                 | o=- 1 2 IN IP4 x   | has no valid line o=…",
                "m=application 60630 | m=audio 9          | is not for data channels alone",
                "a=mid:0             | m=audio 9 RTP/AVP 0 | is not for data channels alone",
                "webrtc-datachannel  | x                  | is not for data channels alone",
                "a=mid:0             | a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x | has keys in it (a=crypto)",
                "a=ice-ufrag:oPZ8    | a=x                | has no line a=ice-ufrag:…",
                "a=ice-pwd:          | a=x:               | has no line a=ice-pwd:…",
                "a=fingerprint:      | a=x:               | has no line a=fingerprint:…",
                "a=max-message-size:200000 | a=max-message-size:lots | has no number after a=max-message-size:"
            })
    void everyDefectIsNamed(String from, String to, String sentence) {
        assertThatThrownBy(() -> RemoteOffer.parse(OFFER.replace(from, to)))
                .isInstanceOfSatisfying(Rejection.class, rejection -> {
                    assertThat(rejection.code()).isEqualTo(Rejection.Code.BAD_BODY);
                    assertThat(rejection.sentence())
                            .startsWith("The SDP of the offer " + sentence)
                            .endsWith("send the sdp of localDescription as it is.");
                });
    }

    @Test
    void anEndlessOfferIsTooLarge() {
        assertThatThrownBy(() -> RemoteOffer.parse(OFFER + "a=x\r\n".repeat(8000)))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.code()).isEqualTo(Rejection.Code.TOO_LARGE));
    }
}
