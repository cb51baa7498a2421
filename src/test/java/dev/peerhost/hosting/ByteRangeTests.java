package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTests {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-99, 0, 100",
        "bytes=10-19, 10, 10",
        "bytes=90-, 90, 10",
        "bytes=90-1000, 90, 10",
        "bytes=0-999999999999999999, 0, 100",
        "bytes=-1, 99, 1",
        "bytes=-100, 0, 100",
        "bytes=-1000, 0, 100",
        "Bytes= 1 - 2, 1, 2"
    })
    void aRangeIsCutToTheFile(String header, long first, long length) {
        assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=999999999999999999-", "bytes=-0"})
    void aRangeBehindTheEndCannotBeSatisfied(String header) {
        assertThat(ByteRange.parse(header, 100))
                .isNotNull()
                .extracting(ByteRange::isSatisfiable)
                .isEqualTo(false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-1",
                "bytes=a-b",
                "bytes=0-1,5-6",
                "bytes=--1",
                "bytes=+1-2",
                "items=0-1",
                "-bytes=1"
            })
    void whatIsNoSingleRangeIsIgnored(String header) {
        assertThat(ByteRange.parse(header, 100)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-1", "bytes=9999999999999999999-"})
    void anEmptyFileHasNoRanges(String header) {
        assertThat(ByteRange.parse(header, 0))
                .isNotNull()
                .extracting(ByteRange::isSatisfiable)
                .isEqualTo(false);
    }
}
