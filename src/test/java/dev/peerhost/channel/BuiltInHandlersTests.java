package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the built-in handlers do to a channel; that they do it over the network is shown with the server's own peer. */
@Timeout(20)
class BuiltInHandlersTests {

    private static final ChannelMessage HELLO = new Text("hello");

    private final Hub hub = new Hub();

    @Test
    void theHubReachesTheOthersOfItsRoomAlone() throws InterruptedException {
        RecordingChannel sender = joined("hub", "R");
        RecordingChannel other = joined("hub", "R");
        RecordingChannel overHttp = joined("hub?room=R", null);
        RecordingChannel elsewhere = joined("hub?room=S", null);

        hub.message(sender, HELLO);

        assertThat(other.sent()).containsExactly(HELLO);
        assertThat(overHttp.sent()).containsExactly(HELLO);
        assertThat(sender.sent()).isEmpty();
        assertThat(elsewhere.sent()).isEmpty();
    }

    @Test
    void inARoomTheHubCannotBePointedAtAnother() throws InterruptedException {
        RecordingChannel intruder = joined("hub?room=S", "R");
        RecordingChannel elsewhere = joined("hub", "S");

        hub.message(intruder, HELLO);

        assertThat(elsewhere.sent()).isEmpty();
    }

    @Test
    void whoHasClosedIsInTheHubNoMore() throws InterruptedException {
        RecordingChannel sender = joined("hub", "R");
        RecordingChannel gone = joined("hub", "R");
        hub.close(gone);

        hub.message(sender, HELLO);

        assertThat(gone.sent()).isEmpty();
    }

    @Test
    void aStalledReaderIsClosedAndTheOthersAreServed() throws InterruptedException {
        RecordingChannel sender = joined("hub", "R");
        RecordingChannel stalled = new RecordingChannel("hub", "R", 0);
        hub.open(stalled);
        RecordingChannel other = joined("hub", "R");

        hub.message(sender, HELLO);

        assertThat(other.sent()).containsExactly(HELLO);
        assertThat(stalled.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub", "hub?room=", "hub?room=a/b"})
    void overHttpTheHubNeedsARoom(String label) {
        assertThat(joined(label, null).isClosed()).isTrue();
    }

    @Test
    void theSinkCountsAllButTheReport() throws InterruptedException {
        Sink sink = new Sink();
        RecordingChannel channel = new RecordingChannel("sink", "R", 2);
        RecordingChannel another = new RecordingChannel("sink", "R", 1);
        sink.open(channel);
        sink.open(another);

        sink.message(channel, new Text("äh"));
        sink.message(channel, new Text("report"));
        sink.message(channel, new Binary(new byte[5]));
        sink.message(channel, new Text("report"));
        sink.message(another, new Text("report"));

        assertThat(channel.sent())
                .containsExactly(new Text("{\"messages\":1,\"bytes\":3}"), new Text("{\"messages\":2,\"bytes\":8}"));
        assertThat(another.sent()).containsExactly(new Text("{\"messages\":0,\"bytes\":0}"));
    }

    @Test
    void theSourceSendsThatManyAndCloses() throws InterruptedException {
        RecordingChannel bytes = new RecordingChannel("source?count=3&size=2", "R", 9);
        RecordingChannel text = new RecordingChannel("source?count=2&size=0&text", "R", 9);

        new Source().open(bytes);
        new Source().open(text);

        assertThat(bytes.sent()).isEqualTo(Collections.nCopies(3, new Binary(new byte[2])));
        assertThat(bytes.isClosed()).isTrue();
        assertThat(text.sent()).isEqualTo(Collections.nCopies(2, new Text("")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source",
                "source?count=3",
                "source?size=3",
                "source?count=0&size=1",
                "source?count=1000001&size=1",
                "source?count=1&size=262145",
                "source?count=1&size=-1",
                "source?count=1e3&size=1",
                "source?count=99999999999999999999&size=1",
                "source?count=1&size=65537"
            })
    void aSourceThatCannotBeIsClosed(String label) throws InterruptedException {
        RecordingChannel channel = new RecordingChannel(label, "R", 9);

        new Source().open(channel);

        assertThat(channel.isClosed()).isTrue();
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    void aReplyThatIsNeverReadClosesTheChannel() throws InterruptedException {
        RecordingChannel stalled = new RecordingChannel("echo", "R", 0);

        new Echo("echo").message(stalled, HELLO);

        assertThat(stalled.isClosed()).isTrue();
    }

    private RecordingChannel joined(String label, @org.jspecify.annotations.Nullable String room) {
        RecordingChannel channel = new RecordingChannel(label, room, 100);
        hub.open(channel);
        return channel;
    }
}
