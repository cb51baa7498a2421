package dev.peerhost.channel;

import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers by label; a channel asks once, when it opens. */
public final class ChannelHandlers {

    private static final Logger log = LoggerFactory.getLogger(ChannelHandlers.class);

    private final Map<String, ChannelHandler> handlers = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();

    /**
     * The handlers of an application.
     *
     * @param beans handlers by the name of their bean
     * @throws UnusableHandlerException when two answer on one label, naming both
     */
    public ChannelHandlers(Map<String, ChannelHandler> beans) {
        beans.forEach(this::add);
    }

    /**
     * Adds one, before the first channel opens.
     *
     * @param name of the bean, or {@code bean.method}
     * @throws UnusableHandlerException when another answers on its label, naming both, or when its label has parameters
     */
    void add(String name, ChannelHandler handler) {
        String label = handler.label();
        if (label.indexOf('?') >= 0) {
            throw new UnusableHandlerException(
                    "The channel handler \"%s\" answers on the label \"%s\"; leave out the question mark, since what follows it are a channel's own parameters."
                            .formatted(name, label));
        }
        String other = names.putIfAbsent(label, name);
        if (other != null) {
            throw new UnusableHandlerException(
                    "The channel handlers \"%s\" and \"%s\" both answer on the label \"%s\"; give one of them another."
                            .formatted(other, name, label));
        }
        handlers.put(label, handler);
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
                    "Closed the channel {} of peer {} in room {}: no handler answers on that label.",
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
