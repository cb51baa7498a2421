package example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelHandlerContract;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.channel.RecordingChannel;
import org.junit.jupiter.api.Test;

/** What every handler has to keep, and what this one does. */
class ShoutTests extends ChannelHandlerContract {

    @Override
    protected ChannelHandler handler() {
        return mapped(new Shout(), "shout");
    }

    @Test
    void itShoutsBack() throws Exception {
        RecordingChannel channel = new RecordingChannel("shout", "room", 1);

        handler().message(channel, new Text("hello"));

        assertThat(channel.sent()).containsExactly(new Text("HELLO!"));
    }
}
