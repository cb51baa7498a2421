package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A browser's end of a data channel. */
final class BrowserChannel {

    private static final long PATIENCE = 20;

    private final RTCDataChannel channel;
    private final BlockingQueue<ChannelMessage> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicInteger bufferReports = new AtomicInteger();
    private final Operations changes = new Operations("browser channel", 1024);
    private volatile Duration pause = Duration.ZERO;
    private boolean stopped;

    BrowserChannel(RTCDataChannel channel) {
        this.channel = channel;
        NativeCallbacks callbacks = new NativeCallbacks(event -> {
            if (event instanceof NativeEvent.MessageReceived message) {
                pauseHere();
                received.add(message.binary() ? new Binary(message.bytes()) : Text.decode(message.bytes()));
            } else {
                changes.offer(this::changed, 1);
            }
        });
        channel.registerObserver(new RTCDataChannelObserver() {
            @Override
            public void onBufferedAmountChange(long previousAmount) {
                bufferReports.incrementAndGet();
            }

            @Override
            public void onStateChange() {
                callbacks.onStateChange();
            }

            @Override
            public void onMessage(RTCDataChannelBuffer buffer) {
                callbacks.onMessage(buffer);
            }
        });
        // It may have opened before there was an observer.
        changes.offer(this::changed, 1);
    }

    /** Waits until it is open. */
    BrowserChannel awaitOpen() throws Exception {
        opened.get(PATIENCE, TimeUnit.SECONDS);
        return this;
    }

    /** Waits until it is closed. */
    void awaitClosed() throws Exception {
        closed.get(PATIENCE, TimeUnit.SECONDS);
    }

    boolean isClosed() {
        return closed.isDone();
    }

    void send(ChannelMessage message) throws Exception {
        channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(message.bytes()), message instanceof Binary));
    }

    /** Waits until at most so many bytes wait to be sent, or it is closed; above 16 MiB the native library gives up. */
    void awaitBuffered(long most) throws InterruptedException {
        while (!isClosed() && channel.getBufferedAmount() > most) {
            Thread.sleep(1);
        }
    }

    /** How often the native library has said that fewer wait. */
    int bufferReports() {
        return bufferReports.get();
    }

    /** How many bytes wait to be sent; none on a channel that is closed. */
    long buffered() {
        return isClosed() ? 0 : channel.getBufferedAmount();
    }

    /** The next message, waiting for it as long as it takes. */
    ChannelMessage take() throws InterruptedException {
        return received.take();
    }

    /** The next message, waiting for it. */
    ChannelMessage receive() throws InterruptedException {
        ChannelMessage message = received.poll(PATIENCE, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within " + PATIENCE + " s");
        }
        return message;
    }

    /** From now on its callback keeps the native thread so long with each message, which ours must never do. */
    void pauseInCallbacks(Duration time) {
        pause = time;
    }

    /** How many messages have come and were not taken. */
    int waiting() {
        return received.size();
    }

    void close() {
        channel.close();
    }

    private void pauseHere() {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void changed() {
        if (!stopped) {
            RTCDataChannelState state = channel.getState();
            if (state == RTCDataChannelState.OPEN) {
                opened.complete(null);
            } else if (state == RTCDataChannelState.CLOSED) {
                closed.complete(null);
            }
        }
    }

    synchronized void stop() {
        stopped = true;
        channel.unregisterObserver();
    }

    void dispose() {
        channel.dispose();
    }
}
