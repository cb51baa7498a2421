package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that one channel makes to its handler: open, messages, close, one after another and never on a native
 * thread. At most so many bytes wait, each message counting 128 more than it has.
 *
 * <p>The native library offers no way to slow a sender down. A handler that falls further behind loses its channel, so
 * that the other end sees an end and never a gap; an unreliable channel loses messages instead.
 */
final class HandlerCalls {

    private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

    private static final int OVERHEAD = 128;

    private final HandledChannel channel;
    private final ChannelHandler handler;
    private final Channels channels;
    private final Operations calls;
    private final boolean reliable;
    private boolean opened;

    /**
     * No calls yet.
     *
     * @param reliable whether no message may get lost without the other end seeing the channel close
     * @param limit on what waits, in bytes
     */
    HandlerCalls(HandledChannel channel, boolean reliable, long limit, Channels channels) {
        this.channel = channel;
        this.reliable = reliable;
        this.channels = channels;
        this.handler = channels.handler(channel.label());
        this.calls = new Operations(channel.toString(), limit, channels.toHandle());
    }

    /** The channel is open. */
    void open() {
        calls.offer(this::openOnce, OVERHEAD);
    }

    /** A message has come; called from native callbacks. */
    void message(NativeEvent.MessageReceived message) {
        message(
                message.bytes().length,
                message.at(),
                () -> message.binary() ? new Binary(message.bytes()) : Text.decode(message.bytes()),
                () -> {});
    }

    /**
     * The same of a message that is yet to be read.
     *
     * @param size in bytes
     * @param at when it came, by {@link System#nanoTime}
     * @param message reads it
     * @param handled run when the handler has returned
     */
    void message(int size, long at, Supplier<ChannelMessage> message, Runnable handled) {
        if (calls.offer(() -> deliver(at, message, handled), size + OVERHEAD)) {
            channels.relieve();
        } else if (reliable) {
            fallBehind();
        } else {
            channels.traffic().dropped(1);
        }
    }

    /** How much waits, in bytes as they count against the limit. */
    long waiting() {
        return calls.load();
    }

    /** Forgets the messages that wait, and closes the channel if it is one on which none may get lost. */
    void fallBehind() {
        if (reliable && !calls.isClosed() && channel.closeSoon("its handler is too far behind")) {
            channels.traffic().slowHandler();
        }
        channels.traffic().dropped(calls.clear());
    }

    /** The channel has closed; what came before is still delivered. */
    void close() {
        calls.close(() -> {
            channels.remove(channel);
            if (opened) {
                call(() -> handler.close(channel));
            }
        });
    }

    private void openOnce() {
        if (!opened) {
            opened = true;
            call(() -> handler.open(channel));
        }
    }

    private void deliver(long at, Supplier<ChannelMessage> message, Runnable handled) {
        // A first message may overtake the report that the channel has opened.
        openOnce();
        if (!channel.isClosedByUs()) {
            channels.traffic().waits().since(at);
            ChannelMessage read = message.get();
            call(() -> handler.message(channel, read));
            handled.run();
        }
    }

    private void call(Call call) {
        try {
            call.run();
        } catch (Throwable fault) {
            log.error("The handler of {} failed; the channel is closed", channel, fault);
            channel.close();
        }
    }

    /** A handler may throw whatever it likes. */
    private interface Call {
        void run() throws Exception;
    }
}
