package dev.peerhost.serverpeer.affinity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half a second in which threads 7 and 8, on processor 0 of two, dealt with messages. */
class SampleTests {

    private static final BitSet TWO = BitSet.valueOf(new byte[] {0b11});

    @ParameterizedTest
    @CsvSource({
        // messages, their threads ran for ms, processor 1 was idle for ms
        "10000, 460, 30, true",
        "10000, 300, 490, true",
        "10000, 460, 300, false",
        "1000, 240, 490, true",
        "1000, 260, 490, false",
        "1000, 260, 0, false",
    })
    void oneProcessorSuitsManyMessagesThatItIsEnoughFor(int messages, int ran, int idle, boolean suits) {
        Sample before = new Sample(0, 5, Map.of(7, nanos(1000), 8, 0L), Map.of(0, 0L, 1, nanos(70)));
        Sample after = new Sample(
                nanos(500),
                5 + messages,
                Map.of(7, nanos(1000 + ran / 2), 8, nanos(ran - ran / 2)),
                Map.of(0, 0L, 1, nanos(70 + idle)));

        assertThat(before.suits(after, 0, TWO)).isEqualTo(suits);
    }

    @Test
    void aThreadThatBeganOrEndedMeanwhileDoesNotCount() {
        Sample before = new Sample(0, 0, Map.of(7, nanos(1000)), Map.of());
        Sample after = new Sample(nanos(500), 1, Map.of(8, nanos(1000)), Map.of());

        assertThat(before.suits(after, 0, TWO)).isTrue();
    }

    private static long nanos(int millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
