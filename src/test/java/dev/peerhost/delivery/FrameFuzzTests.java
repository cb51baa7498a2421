package dev.peerhost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whatever bytes come, a frame is read or refused with a sentence, and a receiver holds no more than what has come. By
 * default the corpus in {@code FrameFuzzTestsInputs} is replayed; CONTRIBUTING.md says how to look for more.
 */
class FrameFuzzTests {

    @FuzzTest(maxDuration = "2m")
    void aFrameIsReadAsItWasWrittenOrRefused(byte[] bytes) {
        try {
            assertThat(Frame.decode(bytes).encode()).isEqualTo(bytes);
        } catch (MalformedFrameException refused) {
            assertThat(refused.sentence()).endsWith(".").hasSizeLessThan(200);
        }
    }

    /** Frames one after another, each behind its length in two bytes. */
    @FuzzTest(maxDuration = "2m")
    void framesAreTakenOrEndTheChannel(byte[] bytes) {
        Delivery delivery = new Delivery();
        delivery.carriedBy(this);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            while (input.remaining() > 2) {
                byte[] frame = new byte[Math.min(Short.toUnsignedInt(input.getShort()), input.remaining())];
                input.get(frame);
                delivery.receive(frame);
                assertThat(delivery.held()).isLessThanOrEqualTo(bytes.length);
            }
        } catch (MalformedFrameException refused) {
            assertThat(refused.sentence()).endsWith(".").hasSizeLessThan(200);
        }
        byte[] hello = delivery.next(this, false, false);
        assertThat(Arrays.copyOf(hello, 1)).containsExactly(FrameType.HELLO);
    }
}
