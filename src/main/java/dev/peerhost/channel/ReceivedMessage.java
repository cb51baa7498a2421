package dev.peerhost.channel;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;

/** A message as Spring's argument resolvers see it: the payload is a string or bytes, the headers are the channel's. */
final class ReceivedMessage implements Message<Object> {

    private final Channel channel;
    private final ChannelMessage message;
    private @Nullable MessageHeaders headers;

    ReceivedMessage(Channel channel, ChannelMessage message) {
        this.channel = channel;
        this.message = message;
    }

    Channel channel() {
        return channel;
    }

    ChannelMessage message() {
        return message;
    }

    @Override
    public Object getPayload() {
        return switch (message) {
            case ChannelMessage.Text text -> text.text();
            case ChannelMessage.Binary binary -> binary.bytes();
        };
    }

    /** Made when somebody asks: most methods have no use for them. */
    @Override
    public MessageHeaders getHeaders() {
        if (headers == null) {
            Map<String, Object> values = new HashMap<>();
            values.put("label", channel.label().name());
            values.put("peer", channel.peer());
            values.put("protocol", channel.protocol());
            if (channel.room() != null) {
                values.put("room", channel.room());
            }
            headers = new MessageHeaders(values);
        }
        return headers;
    }

    /** As a complaint about it stands in the log, without what is in it. */
    @Override
    public String toString() {
        return message instanceof ChannelMessage.Text text
                ? "a text of %,d characters".formatted(text.text().length())
                : "%,d bytes".formatted(message.bytes().length);
    }
}
