package dev.peerhost.channel;

/**
 * Answers on every channel of one label; a Spring bean of this type is all it takes.
 *
 * <p>The calls for one channel come one after another on virtual threads and may block; other channels' calls run at
 * the same time, so state is kept by channel. Whatever is thrown is logged and closes that channel alone.
 */
public interface ChannelHandler {

    /** The label that it answers on, without parameters. */
    String label();

    /** The channel has opened; comes before its first message. */
    default void open(Channel channel) throws Exception {}

    /** A message has come. */
    void message(Channel channel, ChannelMessage message) throws Exception;

    /** The channel has closed, whoever closed it; the last call, made exactly once if {@link #open} was called. */
    default void close(Channel channel) throws Exception {}
}
