package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannel;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;

/**
 * The channels of one connection from their arrival to their disposal. Belongs to the operations of its link, but for
 * what says otherwise.
 */
final class ConnectionChannels {

    private final NativeConnection connection;
    private final Channels all;
    private final IntConsumer changed;
    private final Queue<RTCDataChannel> arrived = new ConcurrentLinkedQueue<>();
    private final Set<OpenChannel> open = ConcurrentHashMap.newKeySet();
    private CompletableFuture<Void> disposed = CompletableFuture.completedFuture(null);

    /**
     * None yet.
     *
     * @param changed is told how many there are whenever that has changed
     */
    ConnectionChannels(NativeConnection connection, Channels all, IntConsumer changed) {
        this.connection = connection;
        this.all = all;
        this.changed = changed;
    }

    /** The browser has opened one, to be accepted in turn; called by native callbacks. */
    void arrive(RTCDataChannel channel) {
        arrived.add(channel);
    }

    /** Starts the next that has arrived, or closes it when the connection may not have it. */
    void accept() {
        RTCDataChannel next = arrived.poll();
        if (next == null) {
            return;
        }
        NativeDataChannel channel = new NativeDataChannel(next);
        if (!connection.quota().allowsChannel(open.size(), channel.label(), channel.protocol())) {
            channel.close();
            dispose(channel.release());
            return;
        }
        OpenChannel accepted = WireProtocol.isSpokenOn(channel)
                ? new Carrier(connection, channel, all)
                : new NativeChannel(connection, channel, all);
        open.add(accepted);
        changed.accept(open.size());
        accepted.start();
        // Nobody waits for this connection any more.
        connection.generation().prepare();
    }

    /** One has closed. */
    void closed(OpenChannel channel) {
        if (open.remove(channel)) {
            channel.end(false);
            dispose(channel.release());
            changed.accept(open.size());
        }
    }

    /** How many are open. */
    int size() {
        return open.size();
    }

    /** Those that are open; asked from anywhere. */
    List<OpenChannel> list() {
        return List.copyOf(open);
    }

    /** Ends all of them on our side, before the connection is closed, perhaps since another one replaces it. */
    void end(boolean replaced) {
        open.forEach(channel -> channel.end(replaced));
    }

    /** Gives all native objects up, after the connection is closed; completes when nobody uses them any more. */
    CompletableFuture<Void> release() {
        open.forEach(channel -> dispose(channel.release()));
        for (RTCDataChannel late = arrived.poll(); late != null; late = arrived.poll()) {
            dispose(new NativeDataChannel(late).release());
        }
        return disposed;
    }

    private void dispose(CompletableFuture<Void> released) {
        disposed = CompletableFuture.allOf(disposed, released);
    }
}
