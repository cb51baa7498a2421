package dev.peerhost.channel;

import dev.peerhost.channel.ChannelMessage.Text;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what comes, and answers the text {@code report}, which it does not count, with the count so far. */
final class Sink implements ChannelHandler {

    private static final Text REPORT = new Text("report");

    private record Count(long messages, long bytes) {}

    private final Map<Channel, Count> counts = new ConcurrentHashMap<>();

    @Override
    public String label() {
        return "sink";
    }

    @Override
    public void open(Channel channel) {
        counts.put(channel, new Count(0, 0));
    }

    @Override
    public void message(Channel channel, ChannelMessage message) throws InterruptedException {
        Count count = counts.getOrDefault(channel, new Count(0, 0));
        if (message.equals(REPORT)) {
            Replies.send(channel, new Text("{\"messages\":%d,\"bytes\":%d}".formatted(count.messages, count.bytes)));
        } else {
            counts.put(channel, new Count(count.messages + 1, count.bytes + message.bytes().length));
        }
    }

    @Override
    public void close(Channel channel) {
        counts.remove(channel);
    }
}
