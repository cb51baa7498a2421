package dev.peerhost.channel;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import org.jspecify.annotations.Nullable;

/**
 * Sends {@code count} messages (1 to 1,000,000) of {@code size} bytes (0 to 262,144) and closes: bytes, or with
 * {@code text} strings. It goes no faster than the reader.
 */
final class Source implements ChannelHandler {

    private static final int MOST = 1_000_000;
    private static final int LARGEST = 262_144;

    @Override
    public String label() {
        return "source";
    }

    @Override
    public void open(Channel channel) throws InterruptedException {
        int count = number(channel.label().parameter("count"), 1, MOST);
        int size = number(channel.label().parameter("size"), 0, LARGEST);
        if (count < 0 || size < 0) {
            Replies.refuse(
                    channel,
                    "it must be source?count=N&size=B with N from 1 to %,d and B from 0 to %,d"
                            .formatted(MOST, LARGEST));
            return;
        }
        ChannelMessage message =
                channel.label().parameter("text") == null ? new Binary(new byte[size]) : new Text("x".repeat(size));
        for (int sent = 0; sent < count; sent++) {
            if (!Replies.send(channel, message)) {
                return;
            }
        }
        channel.close();
    }

    @Override
    public void message(Channel channel, ChannelMessage message) {
        // A source takes nothing in.
    }

    /** A number in a range, or -1. */
    private static int number(@Nullable String text, int least, int most) {
        if (text == null || !text.matches("[0-9]{1,9}")) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number >= least && number <= most ? number : -1;
    }
}
