package dev.peerhost.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelHandlerContract;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.DtlsFingerprints;
import dev.peerhost.channel.RecordingChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the client library may ask of its connection, and that Java and JavaScript come to the same words. */
class ControlTests extends ChannelHandlerContract {

    private static final String NONCE = "0".repeat(64);

    @Override
    protected ChannelHandler handler() {
        return new Control();
    }

    @Test
    void theWordsAreThoseOfTheLibrary() throws IOException {
        JsonNode vectors =
                JsonMapper.shared().readTree(Files.readString(Path.of("frontend/lib/testing/safety-vectors.json")));
        assertThat(vectors.size()).isGreaterThan(2);
        for (JsonNode vector : vectors) {
            SafetyExchange exchange = new SafetyExchange(
                    new DtlsFingerprints(
                            vector.get("ours").asString(), vector.get("theirs").asString()),
                    vector.get("ourNonce").asString());

            assertThat(exchange.receive(
                            "commit:" + vector.get("theirCommitment").asString()))
                    .containsExactly(
                            "commit:" + vector.get("ourCommitment").asString(),
                            "reveal:" + vector.get("ourNonce").asString());
            assertThat(exchange.code()).isNull();
            assertThat(exchange.receive("reveal:" + vector.get("theirNonce").asString()))
                    .isEmpty();
            assertThat(exchange.code()).isEqualTo(vector.get("words").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reveal:", "commit:00", "nonsense", ""})
    void whatIsOutOfOrderEndsIt(String said) {
        SafetyExchange exchange = new SafetyExchange(new DtlsFingerprints("a", "b"));

        assertThatThrownBy(() -> exchange.receive(said.equals("reveal:") ? said + NONCE : said))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(exchange.code()).isNull();
    }

    @Test
    void whoRepeatsOurCommitmentOrChangesTheNonceGetsNoWords() {
        SafetyExchange mirrored = new SafetyExchange(new DtlsFingerprints("a", "b"), NONCE);
        String ours = mirrored.receive("commit:" + "1".repeat(64)).getFirst();
        assertThatThrownBy(() -> mirrored.receive("reveal:" + NONCE)).isInstanceOf(IllegalArgumentException.class);

        SafetyExchange fresh = new SafetyExchange(new DtlsFingerprints("a", "b"), NONCE);
        assertThatThrownBy(() -> fresh.receive(ours)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fresh.code()).isNull();
    }

    @Test
    void aPingIsAnsweredWithItsNumberAndTheRestIgnored() {
        RecordingChannel channel = new RecordingChannel("peerhost.control", "room", 10);
        Control control = new Control();
        control.open(channel);

        for (String text : List.of("ping:17", "ping:", "ping:x", "something:new", "ping:12345678901234567")) {
            control.message(channel, new ChannelMessage.Text(text));
        }

        assertThat(channel.sent()).containsExactly(new ChannelMessage.Text("pong:17"));
        assertThat(channel.isClosed()).isFalse();
    }

    @Test
    void aDeceitClosesTheChannelAndGivesNoCode() {
        RecordingChannel channel = new RecordingChannel("peerhost.control", "room", 10);
        Control control = new Control();
        control.open(channel);

        control.message(channel, new ChannelMessage.Text("safety:commit:" + "1".repeat(64)));
        control.message(channel, new ChannelMessage.Text("safety:reveal:" + NONCE));

        assertThat(channel.sent()).hasSize(2);
        assertThat(channel.isClosed()).isTrue();
        assertThat(control.of(channel.fingerprints())).isNull();
    }

    @Test
    void whoDoesNotReadTheAnswersLosesTheChannel() {
        RecordingChannel channel = new RecordingChannel("peerhost.control", "room", 1);
        Control control = new Control();
        control.open(channel);

        control.message(channel, new ChannelMessage.Text("ping:1"));
        control.message(channel, new ChannelMessage.Text("ping:2"));

        assertThat(channel.isClosed()).isTrue();
    }
}
