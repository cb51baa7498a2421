package dev.peerhost.serverpeer.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.peerhost.room.Rejection;
import java.nio.charset.StandardCharsets;

/**
 * Whatever bytes come, an SDP is taken or refused with a sentence. By default the corpus in {@code SdpFuzzTestsInputs} is
 * replayed; CONTRIBUTING.md says how to look for more, and what is found belongs into the corpus.
 */
class SdpFuzzTests {

    private static final IceCredentials FRESH = new IceCredentials("fresh", "fresh".repeat(5));

    @FuzzTest(maxDuration = "2m")
    void anOfferIsTakenOrRefused(byte[] bytes) {
        RemoteOffer offer;
        try {
            offer = RemoteOffer.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (Rejection refused) {
            assertThat(refused.sentence()).endsWith(".").hasSizeLessThan(200);
            return;
        }
        assertThat(offer.sdp().length()).isLessThanOrEqualTo(2 * SdpLines.LONGEST);
        assertThat(offer.sdp().lines())
                .allMatch(line -> line.matches("[a-z]=[ -~]*"))
                .noneMatch(line -> line.startsWith("a=candidate") || line.startsWith("a=crypto:"))
                .filteredOn(line -> line.startsWith("m="))
                .hasSize(1);
        assertThat(offer.maxMessageSize()).isBetween(1, RemoteOffer.LARGEST_MESSAGE);
        RemoteOffer restarted = offer.restarted(FRESH);
        assertThat(restarted.ice()).isEqualTo(FRESH);
        assertThat(restarted.session()).isEqualTo(offer.session());
    }

    @FuzzTest(maxDuration = "2m")
    void aFragmentIsTakenOrRefused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            SdpFragment fragment = SdpFragment.parse(text);
            assertThat(fragment.candidates()).hasSizeLessThanOrEqualTo(512);
            assertThat(text.length()).isLessThanOrEqualTo(SdpLines.LONGEST);
        } catch (Rejection refused) {
            assertThat(refused.sentence()).endsWith(".").hasSizeLessThan(200);
        }
    }
}
