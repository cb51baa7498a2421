package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFrameTests {

    private static final int LARGEST_TEXT = TextFrame.LARGEST - 8;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 8, 9, 125, 126, 127, 1200, LARGEST_TEXT})
    void aWholeFrameGivesItsText(int length) {
        String text = "0123456789".repeat(length / 10 + 1).substring(0, length);
        byte[] frame = frame(text);
        ByteBuffer input = ByteBuffer.allocate(2 * TextFrame.LARGEST);
        // Not from the start, and something follows.
        input.putInt(0).put(frame).put((byte) 0x81).flip().position(4);

        assertThat(TextFrame.length(input)).isEqualTo(frame.length);
        assertThat(TextFrame.text(input, frame.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "a text of more than a hundred and twenty-five characters, which has its length in two bytes of its own: that of an offer, say"
            })
    void aFrameIsNotWholeBeforeItsLastByte(String text) {
        byte[] frame = frame(text);
        for (int there = 0; there < frame.length; there++) {
            assertThat(TextFrame.length(ByteBuffer.wrap(frame, 0, there)))
                    .as("%d of %d bytes", there, frame.length)
                    .isEqualTo(TextFrame.NOT_WHOLE);
        }
    }

    @Test
    void charactersOfAnyLengthAreRead() {
        byte[] frame = frame("\u00e4\u20ac\ud83d\ude00");
        assertThat(TextFrame.text(ByteBuffer.wrap(frame), frame.length)).isEqualTo("\u00e4\u20ac\ud83d\ude00");
    }

    @Test
    void whatIsNoUtf8IsNotRead() {
        byte[] cut = RawWebSocket.frame(RawWebSocket.TEXT, new byte[] {'a', (byte) 0xC3});
        assertThat(TextFrame.text(ByteBuffer.wrap(cut), cut.length)).isNull();
    }

    @Test
    void anythingElseIsOther() {
        for (int first : new int[] {0x01, 0x80, 0x82, 0x88, 0x89, 0x8A, 0xC1, 0x91, 0x83}) {
            assertOther(RawWebSocket.frame(first, new byte[1]));
        }
        byte[] notMasked = {(byte) 0x81, 1, 'a'};
        assertOther(notMasked);
        byte[] lengthInEightBytes = {(byte) 0x81, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 0, 1};
        assertOther(lengthInEightBytes);
        byte[] lengthInTwoBytesInVain = {(byte) 0x81, (byte) 0xFE, 0, 125};
        assertOther(lengthInTwoBytesInVain);
        assertOther(Arrays.copyOf(frame("x".repeat(LARGEST_TEXT + 1)), 4));
    }

    private static void assertOther(byte[] begun) {
        assertThat(TextFrame.length(ByteBuffer.wrap(begun))).isEqualTo(TextFrame.OTHER);
    }

    private static byte[] frame(String text) {
        return RawWebSocket.frame(RawWebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}
