package dev.peerhost.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A channel whose other end takes so many messages and then stalls, for rules that a real network shows only slowly. */
final class FakeChannel implements Channel {

    private final ChannelLabel label;
    private final @Nullable String room;
    private final List<ChannelMessage> sent = new ArrayList<>();
    private int takes;
    private boolean closed;

    FakeChannel(String label, @Nullable String room, int takes) {
        this.label = ChannelLabel.parse(label);
        this.room = room;
        this.takes = takes;
    }

    List<ChannelMessage> sent() {
        return sent;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public ChannelLabel label() {
        return label;
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public String peer() {
        return "peer";
    }

    @Override
    public @Nullable String room() {
        return room;
    }

    @Override
    public SendResult send(ChannelMessage message) {
        if (closed) {
            return SendResult.CLOSED;
        }
        if (message.bytes().length > 65_536) {
            return SendResult.TOO_LARGE;
        }
        if (takes == 0) {
            return SendResult.WOULD_BLOCK;
        }
        takes--;
        sent.add(message);
        return SendResult.ACCEPTED;
    }

    @Override
    public boolean awaitWritable(Duration timeout) {
        return takes > 0 && !closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
