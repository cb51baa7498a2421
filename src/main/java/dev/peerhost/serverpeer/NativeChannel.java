package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannelState;
import dev.peerhost.channel.ChannelLabel;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.DtlsFingerprints;
import dev.peerhost.channel.SendResult;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that a browser has opened, with a state of its own: the native one cannot be asked in a callback, and after
 * the connection has been closed not at all.
 */
final class NativeChannel extends LinkedChannel implements OpenChannel {

    private static final Logger log = LoggerFactory.getLogger(NativeChannel.class);

    /** In the order in which they come; CLOSING until the other end has agreed to our close. */
    private enum State {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final NativeConnection connection;
    private final NativeDataChannel channel;
    private final Channels channels;
    private final NativeCallbacks callbacks = new NativeCallbacks(this::happened);
    private final AtomicReference<State> state = new AtomicReference<>(State.CONNECTING);
    private final Outgoing outgoing;
    private final HandlerCalls handler;
    private volatile boolean closedByUs;

    NativeChannel(NativeConnection connection, NativeDataChannel channel, Channels channels) {
        super(connection.id(), ChannelLabel.parse(channel.label()), channel.protocol());
        this.connection = connection;
        this.channel = channel;
        this.channels = channels;
        this.outgoing = new Outgoing(this, connection, channel, channels.traffic());
        this.handler = new HandlerCalls(this, channel.isReliable(), channels.mostToHandle(), channels);
    }

    @Override
    public void start() {
        channels.add(this);
        channel.observe(callbacks);
        update();
    }

    @Override
    public DtlsFingerprints fingerprints() {
        return connection.fingerprints();
    }

    @Override
    public SendResult send(ChannelMessage message) {
        return outgoing.send(message);
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws InterruptedException {
        return outgoing.awaitWritable(timeout);
    }

    @Override
    public void close() {
        closedByUs = true;
        if (state.getAndUpdate(now -> now == State.CLOSED ? now : State.CLOSING).compareTo(State.CLOSING) < 0) {
            connection.submit(channel::close);
        }
    }

    @Override
    public boolean closeSoon(String why) {
        if (closedByUs) {
            return false;
        }
        closedByUs = true; // Now, since many more messages may come before the close has reached the other end.
        connection.submit(() -> {
            log.warn("Closed {}: {}", this, why);
            close();
        });
        return true;
    }

    /** Whether it can carry messages. */
    boolean isOpen() {
        return state.get() == State.OPEN;
    }

    @Override
    public long waiting() {
        return handler.waiting();
    }

    @Override
    public void fallBehind() {
        handler.fallBehind();
    }

    @Override
    public void check(Duration patience) {
        outgoing.check(patience);
    }

    @Override
    public boolean isClosedByUs() {
        return closedByUs;
    }

    @Override
    public void end(boolean replaced) {
        state.set(State.CLOSED);
        callbacks.detach();
        channel.unobserve();
        outgoing.close();
        handler.close();
    }

    @Override
    public CompletableFuture<Void> release() {
        return channel.release();
    }

    private void happened(NativeEvent event) {
        if (!(event instanceof NativeEvent.MessageReceived message)) {
            connection.submit(this::update);
            return;
        }
        connection.generation().received();
        channels.traffic().received(message.bytes().length);
        counts().received(message.bytes().length);
        state.compareAndSet(State.CONNECTING, State.OPEN);
        if (connection.quota().received(message.bytes().length) && !closedByUs) {
            handler.message(message);
        }
        channels.traffic().callbacks().since(message.at());
    }

    private void update() {
        RTCDataChannelState now = channel.state();
        // A channel that the browser has closed by the time that we first look was open all the same.
        if (now != RTCDataChannelState.CONNECTING && state.compareAndSet(State.CONNECTING, State.OPEN)) {
            handler.open();
        }
        if (now == RTCDataChannelState.CLOSING) {
            state.compareAndSet(State.OPEN, State.CLOSING);
        } else if (now == RTCDataChannelState.CLOSED) {
            connection.closed(this);
        }
    }

    @Override
    public ChannelReport report() {
        String now = String.valueOf(state.get()).toLowerCase(Locale.ROOT);
        return counts().report(
                        label().name(),
                        protocol(),
                        channel.options(),
                        now,
                        channel.bufferedAmount(),
                        handler.waiting());
    }
}
