package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelState;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A native data channel that lives until nobody uses it. Handlers send from any thread while the connection may be
 * closing; a count of users, in place of a lock, keeps the native object until the last of them has returned.
 *
 * <p>Its methods are native calls: never call them from a native callback.
 */
final class NativeDataChannel {

    private final RTCDataChannel channel;
    private final ChannelOptions options;
    private final AtomicInteger users = new AtomicInteger(1);
    private final CompletableFuture<Void> disposed = new CompletableFuture<>();

    NativeDataChannel(RTCDataChannel channel) {
        this.channel = channel;
        this.options = ChannelOptions.of(channel);
    }

    /** How the browser has opened it. */
    ChannelOptions options() {
        return options;
    }

    /** As the browser sent it but for what the native library damages: characters above U+FFFF, and all after a NUL. */
    String label() {
        return orEmpty(channel.getLabel());
    }

    /** The same of the protocol. */
    String protocol() {
        return orEmpty(channel.getProtocol());
    }

    /** Whether no message may get lost (RFC 8832 section 5.1, the types DATA_CHANNEL_RELIABLE). */
    boolean isReliable() {
        return channel.isReliable();
    }

    /** Whether messages come in the order in which they were sent. */
    boolean isOrdered() {
        return channel.isOrdered();
    }

    /** Starts the callbacks; messages that came earlier are reported now. */
    void observe(NativeCallbacks callbacks) {
        channel.registerObserver(callbacks);
    }

    /** CLOSED once it has been released. */
    RTCDataChannelState state() {
        if (!enter()) {
            return RTCDataChannelState.CLOSED;
        }
        try {
            return channel.getState();
        } finally {
            leave();
        }
    }

    /** How many bytes wait to be sent; 0 once it has been released. */
    long bufferedAmount() {
        if (!enter()) {
            return 0;
        }
        try {
            return channel.getBufferedAmount();
        } finally {
            leave();
        }
    }

    /**
     * Sends a message.
     *
     * @param bytes the message and nothing else: the native library sends whole arrays
     * @return false when the channel is closed
     */
    boolean send(byte[] bytes, boolean binary) throws Exception {
        if (!enter()) {
            return false;
        }
        try {
            channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(bytes), binary));
            return true;
        } finally {
            leave();
        }
    }

    /** Starts to close the channel; what was sent before still goes out. */
    void close() {
        if (enter()) {
            try {
                channel.close();
            } finally {
                leave();
            }
        }
    }

    /** Stops the callbacks. */
    void unobserve() {
        if (enter()) {
            try {
                channel.unregisterObserver();
            } finally {
                leave();
            }
        }
    }

    /**
     * Gives the native object up; call it once.
     *
     * @return completes when its last user has returned and it is disposed of
     */
    CompletableFuture<Void> release() {
        leave();
        return disposed;
    }

    /** The native library has null for an empty string. */
    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private boolean enter() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    private void leave() {
        if (users.decrementAndGet() == 0) {
            channel.dispose();
            disposed.complete(null);
        }
    }
}
