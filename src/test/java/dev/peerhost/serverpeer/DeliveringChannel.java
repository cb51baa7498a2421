package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.SendResult;
import dev.peerhost.delivery.Delivery;
import dev.peerhost.delivery.Incoming;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A browser's end of a {@code peerhost.1} channel, over one data channel after another. */
final class DeliveringChannel {

    private static final long PATIENCE = 30;

    private final String label;
    private final String protocol;
    private final Delivery delivery = new Delivery();
    private final BlockingQueue<ChannelMessage> received = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "delivering");
    private volatile @Nullable BrowserChannel carrier;
    private volatile @Nullable Exception failure;
    private volatile boolean ended;

    DeliveringChannel(String label, String protocol) {
        this.label = label;
        this.protocol = protocol;
        thread.setDaemon(true);
        thread.start();
    }

    /** A data channel of a connection that is yet to be made. */
    BrowserChannel openOn(Browser browser) {
        RTCDataChannelInit options = new RTCDataChannelInit();
        options.protocol = protocol;
        return browser.channel(label, options);
    }

    /** It carries this channel from now on. */
    void carryBy(BrowserChannel next) {
        delivery.carriedBy(next);
        carrier = next;
    }

    /** Waits for room as long as it takes. */
    void send(ChannelMessage message) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        SendResult result = delivery.offer(message);
        while (result == SendResult.WOULD_BLOCK && System.nanoTime() < deadline) {
            Thread.sleep(1);
            result = delivery.offer(message);
        }
        if (result != SendResult.ACCEPTED) {
            throw new AssertionError("%s, failure %s".formatted(result, failure));
        }
    }

    /** Whether there is room. */
    boolean offer(ChannelMessage message) {
        return delivery.offer(message) == SendResult.ACCEPTED;
    }

    ChannelMessage receive() throws InterruptedException {
        ChannelMessage message = received.poll(PATIENCE, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message within %d s, failure %s".formatted(PATIENCE, failure));
        }
        return message;
    }

    int undelivered() {
        return delivery.undelivered();
    }

    /** No more is sent and taken. */
    void end() throws InterruptedException {
        ended = true;
        thread.join();
    }

    private void run() {
        try {
            while (!ended) {
                BrowserChannel by = carrier;
                if (by == null || !exchange(by)) {
                    Thread.sleep(1);
                    delivery.acknowledge();
                }
            }
        } catch (Exception failed) {
            failure = failed;
        }
    }

    private boolean exchange(BrowserChannel by) throws Exception {
        boolean moved = false;
        byte[] frame = by.buffered() < 1024 * 1024 ? delivery.next(by, true, true) : null;
        if (frame != null) {
            by.send(new Binary(frame));
            moved = true;
        }
        if (by.waiting() > 0) {
            ChannelMessage came = by.take();
            if (delivery.isCarriedBy(by)) {
                Incoming message = delivery.receive(came.bytes());
                if (message != null) {
                    received.add(message.message());
                    delivery.handled(message.number());
                }
            }
            moved = true;
        }
        return moved;
    }
}
