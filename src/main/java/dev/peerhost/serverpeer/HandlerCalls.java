package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that one channel makes to its handler: open, messages, close, one after another and never on a native
 * thread. At most 16 MiB wait, each message counting 128 bytes more than it has; a handler that falls further behind
 * loses the channel, since the native library offers no way to slow a sender down.
 */
final class HandlerCalls {

    private static final Logger log = LoggerFactory.getLogger(HandlerCalls.class);

    private static final long LIMIT = 16 * 1024 * 1024;
    private static final int OVERHEAD = 128;

    private final NativeChannel channel;
    private final ChannelHandler handler;
    private final Operations calls;
    private boolean opened;

    HandlerCalls(NativeChannel channel, ChannelHandler handler) {
        this.channel = channel;
        this.handler = handler;
        this.calls = new Operations(channel.toString(), LIMIT);
    }

    /** The channel is open. */
    void open() {
        calls.offer(this::openOnce, OVERHEAD);
    }

    /**
     * A message has come.
     *
     * @return false when too many wait already
     */
    boolean message(byte[] bytes, boolean binary) {
        return calls.isClosed() || calls.offer(() -> deliver(bytes, binary), bytes.length + OVERHEAD);
    }

    /** The channel has closed; what came before is still delivered. */
    void close() {
        calls.close(() -> {
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

    private void deliver(byte[] bytes, boolean binary) {
        // A first message may overtake the report that the channel has opened.
        openOnce();
        if (!channel.isClosedByUs()) {
            ChannelMessage message = binary ? new Binary(bytes) : Text.decode(bytes);
            call(() -> handler.message(channel, message));
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
