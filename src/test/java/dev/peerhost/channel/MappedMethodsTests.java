package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.validation.annotation.Validated;

/** Methods that answer on a label: what they are given, what becomes of what they return, and which ones cannot be. */
@ExtendWith(OutputCaptureExtension.class)
class MappedMethodsTests {

    record Order(String dish, @Max(9) int count) {}

    /** All kinds of methods, of all visibilities that work. */
    static class Desk {

        private String last = "";

        @DataChannelMapping("shout")
        String shout(String text) {
            return text + "!";
        }

        @DataChannelMapping("reverse")
        protected byte[] reverse(byte[] bytes) {
            return new StringBuilder(new String(bytes, StandardCharsets.ISO_8859_1))
                    .reverse()
                    .toString()
                    .getBytes(StandardCharsets.ISO_8859_1);
        }

        @DataChannelMapping("double")
        public Order twice(@Valid Order order) {
            return new Order(order.dish(), 2 * order.count());
        }

        @DataChannelMapping("where")
        String where(
                Channel channel,
                ChannelMessage message,
                Message<String> whole,
                @Header("peer") String peer,
                @Header("room") Optional<String> room) {
            return "%s %s %s %s %s"
                    .formatted(
                            channel.label().parameter("table"),
                            message.bytes().length,
                            whole.getPayload(),
                            peer,
                            room.orElse("no room"));
        }

        @DataChannelMapping("asIs")
        ChannelMessage asIs(ChannelMessage message) {
            return message;
        }

        @DataChannelMapping("onlyText")
        ChannelMessage onlyText(Text message) {
            return message;
        }

        @DataChannelMapping("note")
        void note(String text) {
            last = text;
        }

        @DataChannelMapping("last")
        @Nullable
        String last() {
            return last.isEmpty() ? null : last;
        }

        @DataChannelMapping("inRoom")
        String inRoom(@Header("room") String room) {
            return room;
        }

        @DataChannelMapping("fails")
        void fails() {
            throw new UnsupportedOperationException("out of soup");
        }
    }

    /** Behind a proxy, since it is validated. */
    @Validated
    static class Checked {
        private final String end = "?";

        @DataChannelMapping("short")
        String shortOnly(@Size(max = 3) String text) {
            return text + end;
        }
    }

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ChannelConfiguration.class, ValidationAutoConfiguration.class))
            .withBean("desk", Desk.class)
            .withBean("checked", Checked.class);

    @Test
    void textBytesAndJsonGoInAndOut() {
        assertThat(answer("shout", new Text("soup"))).isEqualTo(new Text("soup!"));
        assertThat(answer("shout", new Text(""))).isEqualTo(new Text("!"));
        assertThat(answer("shout", new Text(" "))).isEqualTo(new Text(" !"));
        assertThat(answer("reverse", new Binary(new byte[] {1, 2, -1}))).isEqualTo(new Binary(new byte[] {-1, 2, 1}));
        assertThat(answer("double", new Text("{\"dish\":\"soup\",\"count\":2}")))
                .isEqualTo(new Text("{\"dish\":\"soup\",\"count\":4}"));
        assertThat(answer("asIs", new Binary(new byte[0]))).isEqualTo(new Binary(new byte[0]));
    }

    @Test
    void eachKindIsReadAsTheOther() {
        byte[] soup = "süp".getBytes(StandardCharsets.UTF_8);
        assertThat(answer("shout", new Binary(soup))).isEqualTo(new Text("süp!"));
        assertThat(answer("reverse", new Text("ab"))).isEqualTo(new Binary(new byte[] {'b', 'a'}));
        assertThat(answer("double", new Binary("{\"dish\":\"x\",\"count\":1}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Text("{\"dish\":\"x\",\"count\":2}"));
    }

    @Test
    void aMethodMayAskForTheChannelAndWhatIsKnownOfIt() {
        assertThat(answer("where?table=7", new Text("abc"))).isEqualTo(new Text("7 3 abc peer R"));
        RecordingChannel overHttp = new RecordingChannel("where", null, 1);
        send(overHttp, new Text(""));
        assertThat(overHttp.sent()).containsExactly(new Text("null 0  peer no room"));
    }

    @Test
    void nothingReturnedIsNothingSent() {
        application.run(context -> {
            ChannelHandlers handlers = context.getBean(ChannelHandlers.class);
            RecordingChannel channel = new RecordingChannel("note", "R", 9);
            handlers.find(ChannelLabel.parse("last")).message(channel, new Text(""));
            handlers.find(ChannelLabel.parse("note")).message(channel, new Text("to self"));
            assertThat(channel.sent()).isEmpty();
            assertThat(channel.isClosed()).isFalse();
            handlers.find(ChannelLabel.parse("last")).message(channel, new Text(""));
            assertThat(channel.sent()).containsExactly(new Text("to self"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double|{\"dish\":|desk.twice",
                "double|null|desk.twice",
                "double|[1]|desk.twice",
                "double|{\"dish\":\"x\",\"count\":10}|desk.twice",
                "double|{\"dish\":\"\\n\",\"count\":\"a\\nb\"}|desk.twice",
                "onlyText||desk.onlyText"
            })
    void whatCannotBeReadClosesItsChannelWithOneLine(String spec, CapturedOutput output) {
        String[] parts = spec.split("\\|");
        RecordingChannel channel = new RecordingChannel(parts[0], "R", 1);

        send(
                channel,
                parts[0].equals("onlyText") ? new Binary(new byte[70_000]) : new Text(parts[1] + " ".repeat(5000)));

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.sent()).isEmpty();
        assertThat(output.getAll().lines().filter(line -> line.contains("Closed the channel")))
                .singleElement()
                .asString()
                .contains("\"%s\" of peer peer in room R: %s cannot take what came: ".formatted(parts[0], parts[2]))
                .hasSizeLessThan(500);
        assertThat(output.getAll()).doesNotContain("\tat ");
    }

    @Test
    void aHeaderThatTheChannelDoesNotHaveIsSuchACaseToo(CapturedOutput output) {
        RecordingChannel overHttp = new RecordingChannel("inRoom", null, 1);
        send(overHttp, new Text(""));
        assertThat(overHttp.isClosed()).isTrue();
        assertThat(output).contains("desk.inRoom cannot take what came: Missing header 'room'");
    }

    @Test
    void whatAMethodThrowsIsItsOwn() {
        RecordingChannel channel = new RecordingChannel("fails", "R", 1);
        assertThatThrownBy(() -> application.run(context -> context.getBean(ChannelHandlers.class)
                        .find(channel.label())
                        .message(channel, new Text(""))))
                .hasMessage("out of soup");
    }

    @Test
    void aReaderThatNeverReadsLosesTheChannel(CapturedOutput output) {
        RecordingChannel stalled = new RecordingChannel("shout", "R", 0);
        send(stalled, new Text("a"));
        assertThat(stalled.isClosed()).isTrue();
        assertThat(output)
                .contains("there was no room to send for 60 s: its reader takes nothing, or the network is down");
    }

    @Test
    void aReplyThatIsTooLargeClosesTheChannelAndAClosedOneGetsNone(CapturedOutput output) {
        RecordingChannel channel = new RecordingChannel("shout", "R", 9);
        send(channel, new Text("x".repeat(RecordingChannel.LARGEST)));
        assertThat(channel.isClosed()).isTrue();
        assertThat(output).contains("a message of 65,537 bytes is more than it takes");

        send(channel, new Text("x"));
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    void aMethodBehindAProxyIsCalledThroughIt() {
        assertThat(answer("short", new Text("abc"))).isEqualTo(new Text("abc?"));
        RecordingChannel channel = new RecordingChannel("short", "R", 1);
        assertThatThrownBy(() -> send(channel, new Text("abcd"))).hasMessageContaining("shortOnly.text");
    }

    static class Private {
        @DataChannelMapping("mine")
        private void hidden() {}

        void use() {
            hidden();
        }
    }

    static class Static {
        @DataChannelMapping("mine")
        static void shared() {}
    }

    static class Later {
        @DataChannelMapping("mine")
        CompletableFuture<String> later() {
            return CompletableFuture.completedFuture("");
        }
    }

    static class Parameters {
        @DataChannelMapping("mine?a=b")
        void parameters() {}
    }

    static class Clash {
        @DataChannelMapping("echo")
        void mine() {}
    }

    static class Twin {
        @DataChannelMapping("shout")
        void twin() {}
    }

    @Test
    void whatCannotBeCalledFailsTheStartByName() {
        Map.of(
                        Private.class, "\"mine.hidden\" is private",
                        Static.class, "\"mine.shared\" is static",
                        Later.class, "\"mine.later\" returns a future",
                        Parameters.class, "\"mine.parameters\" answers on the label \"mine?a=b\"")
                .forEach(this::assertFailure);
    }

    @Test
    void twoThatAnswerOnOneLabelFailTheStartNamingBoth() {
        assertFailure(Clash.class, "\"peerhostEcho\" and \"mine.mine\" both answer on the label \"echo\"");
        assertFailure(Twin.class, "\"desk.shout\" and \"mine.twin\" both answer on the label \"shout\"");
    }

    private void assertFailure(Class<?> bean, String sentence) {
        application.withBean("mine", bean).run(context -> {
            Throwable failure = Objects.requireNonNull(context.getStartupFailure());
            assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
                    .isInstanceOf(UnusableHandlerException.class)
                    .hasMessageContaining(sentence)
                    .hasMessageEndingWith(".");
        });
    }

    private ChannelMessage answer(String label, ChannelMessage message) {
        RecordingChannel channel = new RecordingChannel(label, "R", 1);
        send(channel, message);
        assertThat(channel.sent()).as(label).hasSize(1);
        return channel.sent().getFirst();
    }

    private void send(RecordingChannel channel, ChannelMessage message) {
        application.run(context ->
                context.getBean(ChannelHandlers.class).find(channel.label()).message(channel, message));
    }
}
