package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelLabelTests {

    @Test
    void aLabelWithoutParametersIsAName() {
        assertThat(ChannelLabel.parse("echo")).isEqualTo(new ChannelLabel("echo", Map.of()));
        assertThat(ChannelLabel.parse("")).isEqualTo(new ChannelLabel("", Map.of()));
    }

    @Test
    void parametersFollowTheQuestionMark() {
        ChannelLabel label = ChannelLabel.parse("source?count=3&size=10&text");

        assertThat(label.name()).isEqualTo("source");
        assertThat(label.parameters()).isEqualTo(Map.of("count", "3", "size", "10", "text", ""));
        assertThat(label.parameter("more")).isNull();
    }

    @Test
    void theFirstOfSeveralCountsAndEmptyOnesDoNot() {
        assertThat(ChannelLabel.parse("x?a=1&a=2&&=3").parameters()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void parametersAreReadAsUrlSearchParamsWritesThem() {
        assertThat(ChannelLabel.parse("x?name=J%C3%BCrgen+K&b=1=2").parameters())
                .isEqualTo(Map.of("name", "Jürgen K", "b", "1=2"));
        assertThat(ChannelLabel.parse("x?off=100%&q=a?b").parameters()).isEqualTo(Map.of("off", "100%", "q", "a?b"));
    }

    @Test
    void theLogShowsNoControlCharactersAndNoEndlessNames() {
        assertThat(ChannelLabel.parse("a\nb\u0000").toString()).isEqualTo("\"a?b?\"");
        assertThat(ChannelLabel.parse("x".repeat(5000)).toString()).hasSize(67);
    }
}
