package dev.peerhost.channel;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers by label; a channel asks once, when it opens. */
public final class ChannelHandlers {

    private static final Logger log = LoggerFactory.getLogger(ChannelHandlers.class);

    private final Map<String, ChannelHandler> handlers = new HashMap<>();

    /**
     * The handlers of an application.
     *
     * @param beans handlers by the name of their bean
     * @throws IllegalStateException when two answer on one label, naming both
     */
    public ChannelHandlers(Map<String, ChannelHandler> beans) {
        Map<String, String> names = new HashMap<>();
        beans.forEach((name, handler) -> {
            String other = names.putIfAbsent(handler.label(), name);
            if (other != null) {
                throw new IllegalStateException(
                        "The channel handlers \"%s\" and \"%s\" both answer on the label \"%s\"; give one of them another."
                                .formatted(other, name, handler.label()));
            }
            handlers.put(handler.label(), handler);
        });
    }

    /** Who answers on a label; for an unknown one a handler that closes the channel. */
    public ChannelHandler find(ChannelLabel label) {
        return handlers.getOrDefault(label.name(), Unknown.HANDLER);
    }

    private enum Unknown implements ChannelHandler {
        HANDLER;

        @Override
        public String label() {
            return "";
        }

        @Override
        public void open(Channel channel) {
            log.info(
                    "Closed the channel {} of peer {} in room {}: no ChannelHandler answers on that label.",
                    channel.label(),
                    channel.peer(),
                    channel.room());
            channel.close();
        }

        @Override
        public void message(Channel channel, ChannelMessage message) {
            // Came before the close reached the other end.
        }
    }
}
