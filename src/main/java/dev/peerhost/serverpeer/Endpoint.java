package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.DtlsFingerprints;
import dev.peerhost.channel.SendResult;
import dev.peerhost.delivery.Delivery;
import dev.peerhost.delivery.Incoming;
import dev.peerhost.delivery.MalformedFrameException;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our end of a {@code peerhost.1} channel, as its handler has it: it stays when the browser's connection is replaced by
 * another one, for 30 s without any, and each message comes and goes once.
 */
final class Endpoint extends LinkedChannel {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    private static final long WITHOUT_CONNECTION = Duration.ofSeconds(30).toNanos();

    private final Channels channels;
    private final Delivery delivery = new Delivery();
    private final Pump pump;
    private final HandlerCalls handler;
    private final Kept kept;
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile NativeConnection connection;
    private volatile boolean closedByUs;
    private volatile long alone;

    Endpoint(Carrier first, Channels channels) {
        super(first.connection().id(), first.label(), first.protocol());
        this.channels = channels;
        this.connection = first.connection();
        this.handler = new HandlerCalls(this, true, Delivery.LARGEST_MESSAGE + channels.mostToHandle(), channels);
        this.kept = new Kept(delivery, channels);
        this.pump = new Pump(this, delivery, channels.traffic());
        channels.add(this);
        channels.endpoints().add(this);
        handler.open();
    }

    /** What the browser at the other end calls it by. */
    UUID id() {
        return delivery.id();
    }

    /** Whether it is an end of a channel with that peer. */
    boolean isOf(LinkId other) {
        return peer().equals(other.peer()) && Objects.equals(room(), other.room());
    }

    /** A native channel carries it from now on; for native callbacks. */
    void carriedBy(Carrier carrier) {
        channels.endpoints().carried(this);
        connection = carrier.connection();
        delivery.carriedBy(carrier);
        pump.carriedBy(carrier);
    }

    /** A frame has come; for native callbacks. */
    void received(Carrier carrier, NativeEvent.MessageReceived frame) {
        if (closedByUs || !delivery.isCarriedBy(carrier)) {
            return;
        }
        try {
            Incoming message = delivery.receive(frame.bytes());
            if (message == null) {
                pump.changed();
            } else {
                channels.traffic().received(message.size());
                counts().received(message.size());
                handler.message(message.size(), frame.at(), message::message, () -> handled(message.number()));
            }
            kept.count();
            channels.relieve();
        } catch (MalformedFrameException malformed) {
            closeSoon(malformed.sentence());
        }
        wake();
    }

    /** Sends what can go; for native callbacks. */
    void wake() {
        if (delivery.hasNext(true)) {
            pump.wake();
        }
        if (delivery.owesAck()) {
            pump.acknowledgeSoon();
        }
    }

    /** The native channel is gone; without another one that follows, it is the end. */
    void ended(Carrier carrier, boolean replaced) {
        if (!delivery.isCarriedBy(carrier)) {
            return;
        }
        delivery.carriedBy(null);
        pump.carriedBy(null);
        if (replaced && !closedByUs) {
            alone = System.nanoTime();
            channels.endpoints().waits(this);
        } else {
            finish("its other end closed it");
        }
    }

    /** The end for the handler, too. */
    void finish(String why) {
        if (finished.compareAndSet(false, true)) {
            int undelivered = delivery.undelivered();
            if (undelivered > 0 && !closedByUs) {
                log.info("Closed {}: {}; {} messages were not acknowledged", this, why, undelivered);
            }
            channels.endpoints().remove(this);
            pump.carriedBy(null);
            kept.forget();
            handler.close();
        }
    }

    /** Of the connection that carries it, or has last carried it. */
    @Override
    public DtlsFingerprints fingerprints() {
        return connection.fingerprints();
    }

    @Override
    public SendResult send(ChannelMessage message) {
        SendResult result = pump.send(message);
        if (result == SendResult.ACCEPTED) {
            kept.count();
        }
        return result;
    }

    @Override
    public boolean awaitWritable(Duration timeout) throws InterruptedException {
        return pump.awaitWritable(timeout);
    }

    @Override
    public void close() {
        closedByUs = true;
        if (!pump.close()) {
            finish("its handler closed it");
        }
    }

    @Override
    public boolean closeSoon(String why) {
        if (closedByUs) {
            return false;
        }
        closedByUs = true;
        log.warn("Closed {}: {}", this, why);
        Thread.ofVirtual().start(this::close);
        return true;
    }

    @Override
    public boolean isClosedByUs() {
        return closedByUs;
    }

    @Override
    public long waiting() {
        return handler.waiting() + kept.held();
    }

    @Override
    public void fallBehind() {
        handler.fallBehind();
        kept.forget();
    }

    @Override
    public void check(Duration patience) {
        pump.check(patience);
        if (!delivery.isCarried() && System.nanoTime() - alone > WITHOUT_CONNECTION) {
            finish("its browser has not connected anew");
        }
    }

    boolean isFinished() {
        return finished.get();
    }

    private void handled(long number) {
        delivery.handled(number);
        pump.handled();
    }
}
