package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannelState;
import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandlers;
import dev.peerhost.channel.ChannelLabel;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.SendResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that a browser has opened, with a state of its own: the native one cannot be asked in a callback, and after
 * the connection has been closed not at all.
 */
final class NativeChannel implements Channel {

    private static final Logger log = LoggerFactory.getLogger(NativeChannel.class);

    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(16).toNanos();

    /** In the order in which they come; CLOSING until the other end has agreed to our close. */
    private enum State {
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final NativeConnection connection;
    private final NativeDataChannel channel;
    private final ChannelLabel label;
    private final String protocol;
    private final NativeCallbacks callbacks = new NativeCallbacks(this::happened);
    private final AtomicReference<State> state = new AtomicReference<>(State.OPENING);
    private final Backlog backlog;
    private final HandlerCalls handler;
    private volatile boolean closedByUs;

    NativeChannel(NativeConnection connection, NativeDataChannel channel, ChannelHandlers handlers) {
        this.connection = connection;
        this.channel = channel;
        this.label = ChannelLabel.parse(channel.label());
        this.protocol = channel.protocol();
        this.backlog = new Backlog(channel::bufferedAmount);
        this.handler = new HandlerCalls(this, handlers.find(label));
    }

    /** Starts to listen; an operation of the connection, like all that is not of {@link Channel}. */
    void start() {
        channel.observe(callbacks);
        update();
    }

    @Override
    public ChannelLabel label() {
        return label;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public String peer() {
        return connection.id().peer();
    }

    @Override
    public @Nullable String room() {
        return connection.id().room();
    }

    @Override
    public SendResult send(ChannelMessage message) {
        if (state.get() != State.OPEN) {
            return SendResult.CLOSED;
        }
        byte[] bytes = message.bytes();
        if (bytes.length > connection.maxMessageSize()) {
            return SendResult.TOO_LARGE;
        }
        if (!connection.isConnected() || !backlog.reserve(bytes.length)) {
            return SendResult.WOULD_BLOCK;
        }
        try {
            return channel.send(bytes, message instanceof ChannelMessage.Binary)
                    ? SendResult.ACCEPTED
                    : SendResult.CLOSED;
        } catch (Exception failed) {
            log.info("Closed {}: sending failed: {}", this, failed.toString());
            close();
            return SendResult.CLOSED;
        } finally {
            backlog.sent(bytes.length);
        }
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        long pause = FIRST_PAUSE;
        while (state.get() == State.OPEN) {
            if (connection.isConnected() && backlog.isDrained()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            // The native library does not report that its buffer has drained: it has to be asked.
            Thread.sleep(Duration.ofNanos(Math.min(pause, left)));
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        return false;
    }

    @Override
    public void close() {
        closedByUs = true;
        if (state.getAndUpdate(now -> now == State.CLOSED ? now : State.CLOSING).compareTo(State.CLOSING) < 0) {
            connection.submit(channel::close);
        }
    }

    /** Whether {@link #close} was called; then its handler gets no more messages. */
    boolean isClosedByUs() {
        return closedByUs;
    }

    /** Ends it on our side: no callback and no send after this. What has come is still handled, then the close. */
    void end() {
        state.set(State.CLOSED);
        callbacks.detach();
        channel.unobserve();
        handler.close();
    }

    /** Gives the native object up, after {@link #end}; completes when nobody uses it any more. */
    CompletableFuture<Void> release() {
        return channel.release();
    }

    private void happened(NativeEvent event) {
        if (event instanceof NativeEvent.MessageReceived message) {
            connection.received();
            state.compareAndSet(State.OPENING, State.OPEN);
            if (!closedByUs && !handler.message(message.bytes(), message.binary())) {
                // Now, since many more messages may come before the close has reached the other end.
                closedByUs = true;
                connection.submit(this::overflowed);
            }
        } else {
            connection.submit(this::update);
        }
    }

    private void overflowed() {
        log.warn("Closed {}: its handler is too far behind", this);
        close();
    }

    private void update() {
        RTCDataChannelState now = channel.state();
        // A channel that the browser has closed by the time that we first look was open all the same.
        if (now != RTCDataChannelState.CONNECTING
                && state.compareAndSet(State.OPENING, now == RTCDataChannelState.OPEN ? State.OPEN : State.CLOSING)) {
            handler.open();
        }
        if (now == RTCDataChannelState.CLOSING) {
            state.compareAndSet(State.OPEN, State.CLOSING);
        } else if (now == RTCDataChannelState.CLOSED) {
            connection.closed(this);
        }
    }

    /** As it stands in the log. */
    @Override
    public String toString() {
        return "channel %s of %s".formatted(label, connection.id());
    }
}
