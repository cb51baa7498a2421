package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannelState;
import dev.peerhost.channel.ChannelLabel;
import dev.peerhost.delivery.Frame;
import dev.peerhost.delivery.MalformedFrameException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native data channel that speaks {@code peerhost.1} (docs/protocol.md). Its first frame says which {@link Endpoint} it
 * carries: a new one, or one that another connection has carried before.
 */
final class Carrier implements OpenChannel {

    private static final Logger log = LoggerFactory.getLogger(Carrier.class);

    private final NativeConnection connection;
    private final NativeDataChannel natives;
    private final Channels channels;
    private final ChannelLabel label;
    private final String protocol;
    private final NativeCallbacks callbacks = new NativeCallbacks(this::happened);
    private final Backlog backlog;
    private volatile RTCDataChannelState state = RTCDataChannelState.CONNECTING;
    private final AtomicLong heard = new AtomicLong();
    private volatile @Nullable Endpoint endpoint;

    Carrier(NativeConnection connection, NativeDataChannel natives, Channels channels) {
        this.connection = connection;
        this.natives = natives;
        this.channels = channels;
        this.label = ChannelLabel.parse(natives.label());
        this.protocol = WireProtocol.ofApplication(natives.protocol());
        this.backlog = new Backlog(natives::bufferedAmount, connection.sendBudget());
    }

    NativeConnection connection() {
        return connection;
    }

    ChannelLabel label() {
        return label;
    }

    /** The application's part of it. */
    String protocol() {
        return protocol;
    }

    Backlog backlog() {
        return backlog;
    }

    /** Watches whether an endpoint's frames are taken. */
    SlowReader readerFor(Endpoint carried) {
        return new SlowReader(carried, connection, backlog, channels.traffic(), heard::get);
    }

    /** Whether it takes frames. */
    boolean isOpen() {
        return state == RTCDataChannelState.OPEN;
    }

    /** Sends a frame, whatever waits already; not for native callbacks. */
    void send(byte[] frame) {
        backlog.add(frame.length);
        try {
            connection.quota().sent();
            natives.send(frame, true);
        } catch (Exception failed) {
            log.info("Closed {}: sending failed: {}", this, failed.toString());
            natives.close();
        } finally {
            backlog.sent(frame.length);
        }
    }

    /** Closes the native channel when it has sent all. */
    void close() {
        connection.submit(natives::close);
    }

    @Override
    public void start() {
        natives.observe(callbacks);
        update();
    }

    @Override
    public ChannelReport report() {
        String now = String.valueOf(state).toLowerCase(Locale.ROOT);
        Endpoint carried = endpoint;
        ChannelCounts counts = carried == null ? new ChannelCounts() : carried.counts();
        long buffered = carried == null ? 0 : natives.bufferedAmount();
        long waiting = carried == null ? 0 : carried.waiting();
        return counts.report(label.name(), protocol(), natives.options(), now, buffered, waiting);
    }

    @Override
    public void end(boolean replaced) {
        state = RTCDataChannelState.CLOSED;
        callbacks.detach();
        natives.unobserve();
        backlog.close();
        Endpoint carried = endpoint;
        if (carried != null) {
            carried.ended(this, replaced);
        }
    }

    @Override
    public CompletableFuture<Void> release() {
        return natives.release();
    }

    private void happened(NativeEvent event) {
        if (event instanceof NativeEvent.MessageReceived message) {
            received(message);
        } else {
            connection.submit(this::update);
        }
    }

    private void received(NativeEvent.MessageReceived message) {
        connection.generation().received();
        heard.incrementAndGet();
        state = state == RTCDataChannelState.CONNECTING ? RTCDataChannelState.OPEN : state;
        if (!connection.quota().received(message.bytes().length)) {
            return;
        }
        Endpoint carried = endpoint;
        if (carried == null && isOpen()) {
            carried = greeted(message.bytes());
        }
        if (carried != null) {
            carried.received(this, message);
        }
        channels.traffic().callbacks().since(message.at());
    }

    /** Whom the first frame is for; without somebody the data channel is closed. */
    private @Nullable Endpoint greeted(byte[] first) {
        try {
            if (Frame.decode(first) instanceof Frame.Hello hello) {
                Endpoint known = hello.other() == null
                        ? new Endpoint(this, channels)
                        : channels.endpoints().find(hello.other(), connection.id());
                if (known != null) {
                    endpoint = known;
                    known.carriedBy(this);
                    return known;
                }
                refuse("what it carried before is gone");
            } else {
                refuse("its first frame is no hello");
            }
        } catch (MalformedFrameException malformed) {
            refuse(malformed.sentence());
        }
        return null;
    }

    private void refuse(String why) {
        state = RTCDataChannelState.CLOSING;
        log.info("Closed {}: {}", this, why);
        close();
    }

    private void update() {
        RTCDataChannelState now = natives.state();
        if (state != RTCDataChannelState.CLOSING || now == RTCDataChannelState.CLOSED) {
            state = now;
        }
        Endpoint carried = endpoint;
        if (now == RTCDataChannelState.CLOSED) {
            connection.closed(this);
        } else if (now == RTCDataChannelState.OPEN && carried != null) {
            carried.wake();
        }
    }

    /** As it stands in the log. */
    @Override
    public String toString() {
        return "channel %s of %s".formatted(label, connection.id());
    }
}
