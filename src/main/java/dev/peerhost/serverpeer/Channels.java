package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelHandlers;
import dev.peerhost.channel.ChannelLabel;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The channels of all connections and what they share: handlers, counts, and how many bytes may wait. */
final class Channels {

    private final ChannelHandlers handlers;
    private final BufferLimits limits;
    private final Traffic traffic = new Traffic();
    private final Set<HandledChannel> channels = ConcurrentHashMap.newKeySet();
    private final Endpoints endpoints = new Endpoints();
    private final AtomicLong toSend = new AtomicLong();
    private final AtomicLong toHandle = new AtomicLong();

    Channels(ChannelHandlers handlers, BufferLimits limits) {
        this.handlers = handlers;
        this.limits = limits;
    }

    /** Who answers on a label. */
    ChannelHandler handler(ChannelLabel label) {
        return handlers.find(label);
    }

    /** What has gone over all channels. */
    Traffic traffic() {
        return traffic;
    }

    /** The ends of channels that outlive their connections. */
    Endpoints endpoints() {
        return endpoints;
    }

    /** For the channels of a new connection. */
    SendBudget sendBudget() {
        return new SendBudget(
                limits.connection().toBytes(), toSend, limits.sending().toBytes());
    }

    /** How many bytes wait to be sent; each channel with a backlog looks again every second, so never too few. */
    AtomicLong toSend() {
        return toSend;
    }

    /** How many bytes wait for handlers, each message counting 128 more than it has. */
    AtomicLong toHandle() {
        return toHandle;
    }

    /** How many bytes may wait for the handler of one channel, counted in the same way. */
    long mostToHandle() {
        return limits.channel().toBytes();
    }

    /** How many channels there are, with those whose handler has yet to be told of their end. */
    int size() {
        return channels.size();
    }

    void add(HandledChannel channel) {
        channels.add(channel);
    }

    void remove(HandledChannel channel) {
        channels.remove(channel);
    }

    /** Cuts those whose handlers are furthest behind, until what waits for all of them is within the bound again. */
    void relieve() {
        while (toHandle.get() > limits.handling().toBytes()) {
            HandledChannel last = channels.stream()
                    .max(Comparator.comparingLong(HandledChannel::waiting))
                    .orElse(null);
            if (last == null || last.waiting() == 0) {
                return;
            }
            last.fallBehind();
        }
    }

    /** Looks for readers that take nothing; call it every second. It only submits operations. */
    void check() {
        channels.forEach(channel -> channel.check(limits.slowReaderAfter()));
    }
}
