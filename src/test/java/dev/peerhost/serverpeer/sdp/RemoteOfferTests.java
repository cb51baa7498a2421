package dev.peerhost.serverpeer.sdp;

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
            "a=fingerprint:sha-256 " + "F3:".repeat(31) + "FF",
            "a=setup:actpass",
            "a=mid:0",
            "a=sctp-port:5000",
            "a=max-message-size:200000",
            "");

    @Test
    void noAddressInAnOfferIsEverConnectedTo() {
        RemoteOffer offer = RemoteOffer.parse(OFFER);

        assertThat(offer.candidates()).extracting(RemoteCandidate::host).containsExactly("192.0.2.22", "example.org");
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
                "s=-                 | s=\u00e9           | has a character that is not ASCII",
                "o=- 8076175355948253363 2 | o=- x 2       | has no valid value after o=",
                "s=-                 | o=- 1 2 IN IP4 x   | has lines o=… that contradict each other",
                "o=-                 | i=-                | has no line o=…",
                "m=application 60630 | m=audio 9          | is not for data channels alone",
                "m=application 60630 | m=application 0    | is not for data channels alone",
                "a=mid:0             | m=audio 9 RTP/AVP 0 | is not for data channels alone",
                "m=application       | i=application      | is not for data channels alone",
                "webrtc-datachannel  | x                  | is not for data channels alone",
                "a=mid:0             | a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x | has keys in it (a=crypto)",
                "a=ice-ufrag:oPZ8    | a=x                | has no line a=ice-ufrag:…",
                "a=ice-ufrag:oPZ8    | a=ice-ufrag:oPZ    | has no valid value after a=ice-ufrag:",
                "a=ice-ufrag:oPZ8    | a=ice-ufrag:oP 8   | has no valid value after a=ice-ufrag:",
                "a=mid:0             | a=ice-ufrag:other  | has lines a=ice-ufrag:… that contradict each other",
                "a=ice-pwd:          | a=x:               | has no line a=ice-pwd:…",
                "a=ice-pwd:bjfW      | a=ice-pwd:         | has no valid value after a=ice-pwd:",
                "a=fingerprint:      | a=x:               | has no line a=fingerprint:…",
                "sha-256             | md5                | has a fingerprint that is no whole SHA-1 or SHA-2 hash",
                "sha-256             | sha-384            | has a fingerprint that is no whole SHA-1 or SHA-2 hash",
                "F3:FF               | F3                 | has a fingerprint that is no whole SHA-1 or SHA-2 hash",
                "F3:FF               | F3:GG              | has a fingerprint that is no whole SHA-1 or SHA-2 hash",
                "a=setup:actpass     | a=setup:holdconn   | has no valid value after a=setup:",
                "a=sctp-port:5000    | a=sctp-port:x      | has no valid value after a=sctp-port:",
                "a=sctp-port:5000    | a=sctp-port:0      | has no valid value after a=sctp-port:",
                "a=group:BUNDLE 0    | a=group:BUNDLE 0 1 | has a BUNDLE group that is not its one a=mid",
                "a=mid:0             | a=mid:1            | has a BUNDLE group that is not its one a=mid",
                "a=setup:actpass     | a=mid:1            | has lines a=mid:… that contradict each other",
                "a=max-message-size:200000 | a=max-message-size:lots | has no valid value after a=max-message-size:"
            })
    void everyDefectIsNamed(String from, String to, String sentence) {
        refused(OFFER.replace(from, to), sentence);
    }

    private static void refused(String sdp, String sentence) {
        assertThatThrownBy(() -> RemoteOffer.parse(sdp)).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.code()).isEqualTo(Rejection.Code.BAD_BODY);
            assertThat(rejection.sentence())
                    .startsWith("The SDP of the offer " + sentence)
                    .endsWith("send the sdp of localDescription as it is.");
        });
    }

    @Test
    void whatOldAndOtherLibrariesWriteIsTaken() {
        String other = OFFER.replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000")
                .replace("a=sctp-port:5000", "a=sctpmap:5000 webrtc-datachannel 1024")
                .replace("a=setup:actpass", "a=fingerprint:SHA-512 " + "ab:".repeat(63) + "cd")
                .replace("a=mid:0", "a=ice-ufrag:oPZ8")
                .replace("a=group:BUNDLE 0\r\n", "");

        assertThat(RemoteOffer.parse(other).ice())
                .isEqualTo(RemoteOffer.parse(OFFER).ice());
    }

    @Test
    void aRestartHasOtherCredentialsAndNothingElse() {
        RemoteOffer offer = RemoteOffer.parse(OFFER);
        IceCredentials fresh = new IceCredentials("new1", "n".repeat(22));

        RemoteOffer restart = offer.restarted(fresh);

        assertThat(restart.ice()).isEqualTo(fresh);
        assertThat(restart.session()).isEqualTo(offer.session());
        assertThat(restart.candidates()).isEmpty();
        assertThat(restart.restarted(offer.ice()).sdp()).isEqualTo(offer.sdp());
    }

    @Test
    void thereAreBoundsOnLinesToo() {
        refused(OFFER + "a=x\r\n".repeat(500), "has more than 512 lines");
        refused(OFFER + "a=" + "x".repeat(2047), "has a line of more than 2,048 characters");
    }

    @Test
    void anEndlessOfferIsTooLarge() {
        assertThatThrownBy(() -> RemoteOffer.parse(OFFER + "a=x\r\n".repeat(8000)))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.code()).isEqualTo(Rejection.Code.TOO_LARGE));
    }
}
