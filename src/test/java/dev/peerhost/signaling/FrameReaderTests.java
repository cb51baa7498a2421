package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTests {

    private static final int LIMIT = 256 * 1024;

    private final FrameReader reader = new FrameReader(LIMIT);
    private final List<String> frames = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void framesAreTheSameInPiecesOfAnySize(int size) throws Exception {
        String plain = "SEND\ndestination:/a\n\n{}\0";
        String counted = "SEND\r\ncontent-length:12\r\n\r\nnul \0 \u00e4 \u20ac\0";
        String pair = "SEND\ncontent-length:4\n\n\ud83d\ude00\0";
        String bare = "DISCONNECT\n\n\0";
        String stream = plain + "\n" + counted + pair + "\r\n" + bare;

        for (int at = 0; at < stream.length(); at += size) {
            reader.read(stream.substring(at, Math.min(stream.length(), at + size)), frames::add);
        }

        assertThat(frames).containsExactly(plain, FrameReader.HEART_BEAT, counted, pair, FrameReader.HEART_BEAT, bare);
    }

    @Test
    void aFrameIsGivenWhenItsNulCameAndNoSooner() throws Exception {
        reader.read("SEND\n\nbody", frames::add);
        assertThat(frames).isEmpty();
        reader.read("\0", frames::add);
        assertThat(frames).containsExactly("SEND\n\nbody\0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ncontent-length:3\n\n{}\0\n",
                "SEND\ncontent-length:1\n\n{}\0",
                "SEND\ncontent-length:1\n\n\u20ac\0",
                "SEND\ncontent-length:-1\n\n{}\0",
                "SEND\ncontent-length:9999999999\n\n{}\0",
                "SEND\0"
            })
    void whatEndsElsewhereThanItSaysIsNoFrame(String text) {
        assertThatThrownBy(() -> reader.read(text, frames::add))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("no STOMP 1.2 frame");
        assertThat(frames).isEmpty();
    }

    /** A reader that looked at everything again with each piece would take minutes. */
    @Test
    @Timeout(10)
    void aFrameThatIsTooLongIsRefusedHoweverSmallItsPiecesAre() throws Exception {
        reader.read("SEND\ncontent-length:999999\n\n", frames::add);
        long began = System.nanoTime();
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= LIMIT; i++) {
                        reader.read("\0", frames::add);
                    }
                })
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("262,144");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
}
