package dev.peerhost.control;

import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.DtlsFingerprints;
import dev.peerhost.channel.SendResult;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the client library on the channel {@code peerhost.control} (docs/protocol.md): {@code ping:N} with
 * {@code pong:N}, and {@code safety:…} until both ends have the code. What a newer library may say beyond that is ignored.
 */
final class Control implements ChannelHandler, SafetyCodes {

    private static final Logger log = LoggerFactory.getLogger(Control.class);

    private static final Pattern PING = Pattern.compile("ping:(\\d{1,16})");
    private static final String SAFETY = "safety:";

    /** As many as there are such channels, which the limits of the peer bound. */
    private final Map<Channel, SafetyExchange> exchanges = new ConcurrentHashMap<>();

    @Override
    public String label() {
        return "peerhost.control";
    }

    @Override
    public void open(Channel channel) {
        exchanges.put(channel, new SafetyExchange(channel.fingerprints()));
    }

    @Override
    public void message(Channel channel, ChannelMessage message) {
        if (!(message instanceof ChannelMessage.Text(String text))) {
            return;
        }
        if (PING.matcher(text).matches()) {
            say(channel, "pong:" + text.substring("ping:".length()));
        } else if (text.startsWith(SAFETY)) {
            agree(channel, text.substring(SAFETY.length()));
        }
    }

    @Override
    public void close(Channel channel) {
        exchanges.remove(channel);
    }

    @Override
    public @Nullable String of(DtlsFingerprints connection) {
        return exchanges.entrySet().stream()
                .filter(entry -> connection.equals(entry.getKey().fingerprints()))
                .map(entry -> entry.getValue().code())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private void agree(Channel channel, String text) {
        SafetyExchange exchange = exchanges.get(channel);
        if (exchange == null) {
            return;
        }
        try {
            exchange.receive(text).forEach(answer -> say(channel, SAFETY + answer));
        } catch (IllegalArgumentException deceit) {
            log.warn("No safety code for {}: {}", channel, deceit.getMessage());
            channel.close();
            return;
        }
        if (exchange.code() != null) {
            log.info("The safety code of {} is: {}", channel, exchange.code());
        }
    }

    /** Whoever asks faster than it reads the answers loses the channel. */
    private static void say(Channel channel, String text) {
        if (channel.send(new ChannelMessage.Text(text)) == SendResult.WOULD_BLOCK) {
            channel.close();
        }
    }
}
