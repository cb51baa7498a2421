package dev.peerhost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Frames are read and written as in the browsers' library, whose tests have the same corpus. */
class FrameTests {

    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> frames() {
        return corpus("frames");
    }

    static Stream<JsonNode> malformed() {
        return corpus("malformed");
    }

    static Stream<JsonNode> messages() {
        return corpus("messages");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameIsReadAndWritten(JsonNode vector) throws Exception {
        byte[] bytes = HEX.parseHex(vector.get("hex").asString());
        JsonNode frame = vector.get("frame");

        Frame read = Frame.decode(bytes);

        assertThat(read.encode()).isEqualTo(bytes);
        switch (read) {
            case Frame.Hello hello ->
                assertThat(hello)
                        .isEqualTo(new Frame.Hello(
                                id(frame.get("self")),
                                frame.get("other").isNull() ? null : id(frame.get("other")),
                                frame.get("first").asLong(),
                                frame.get("next").asLong(),
                                frame.get("limit").asInt()));
            case Frame.Ack ack ->
                assertThat(ack.next()).isEqualTo(frame.get("next").asLong());
            case Frame.Abort abort -> assertThat(frame.get("type").asString()).isEqualTo("abort");
            case Frame.Whole whole -> {
                byte[] message = HEX.parseHex(frame.get("bytes").asString());
                assertThat(whole.text()).isEqualTo(frame.get("text").asBoolean());
                assertThat(Frame.whole(whole.text(), message)).isEqualTo(bytes);
            }
            case Frame.First first -> {
                assertThat(first.text()).isEqualTo(frame.get("text").asBoolean());
                assertThat(first.total()).isEqualTo(frame.get("total").asInt());
                assertThat(Arrays.copyOfRange(first.frame(), Frame.FIRST_HEADER, bytes.length))
                        .isEqualTo(HEX.parseHex(frame.get("bytes").asString()));
            }
            case Frame.More more ->
                assertThat(more.last()).isEqualTo(frame.get("last").asBoolean());
        }
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedFrameIsRefusedWithASentence(JsonNode vector) {
        assertThatThrownBy(() -> Frame.decode(HEX.parseHex(vector.get("hex").asString())))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageTakesTheSameFrames(JsonNode vector) {
        byte[] message = new byte[vector.get("size").asInt()];
        new Random(1).nextBytes(message);
        boolean text = vector.get("text").asBoolean();
        int offset = 0;
        for (int i = 0; i < vector.get("frames").size(); i++) {
            byte[] head = HEX.parseHex(vector.get("heads").get(i).asString());

            byte[] frame =
                    message.length < Frame.LARGEST ? Frame.whole(text, message) : Frame.fragment(text, message, offset);

            assertThat(frame)
                    .startsWith(head)
                    .hasSize(vector.get("frames").get(i).asInt());
            int next = offset + frame.length - head.length;
            assertThat(Arrays.copyOfRange(frame, head.length, frame.length))
                    .isEqualTo(Arrays.copyOfRange(message, offset, next));
            offset = next;
        }
        assertThat(offset).isEqualTo(message.length);
    }

    private static UUID id(@Nullable JsonNode hex) {
        String digits = String.valueOf(hex == null ? null : hex.asString());
        return new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16));
    }

    private static Stream<JsonNode> corpus(String part) {
        try {
            JsonNode all = JsonMapper.shared().readTree(Files.readString(Path.of("frontend/lib/testing/frames.json")));
            return all.get(part).valueStream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
