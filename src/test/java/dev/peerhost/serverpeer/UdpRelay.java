package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a browser and the server as a NAT does, and drops what it is told to: a fault of the network without
 * the rights that real ones take. Every packet that passes or is dropped is counted.
 */
final class UdpRelay implements AutoCloseable {

    private static final int LARGEST = 65_536;

    private final Selector selector = Selector.open();
    private final DatagramChannel outside = DatagramChannel.open();
    private final Map<SocketAddress, DatagramChannel> insides = new HashMap<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile @Nullable InetSocketAddress server;
    private volatile int largest = LARGEST;

    UdpRelay() throws IOException {
        outside.bind(new InetSocketAddress("0.0.0.0", 0))
                .configureBlocking(false)
                .register(selector, SelectionKey.OP_READ);
        Thread.ofPlatform().daemon().name("udp-relay").start(this::run);
    }

    /** Our candidate in place of the server's; null for one that it does not stand before (IPv6). */
    @Nullable
    IceCandidate instead(IceCandidate candidate) throws IOException {
        String[] fields = candidate.candidate().split(" ");
        if (fields[4].contains(":")) {
            return null;
        }
        server = new InetSocketAddress(fields[4], Integer.parseInt(fields[5]));
        fields[5] = String.valueOf(((InetSocketAddress) outside.getLocalAddress()).getPort());
        return new IceCandidate(
                String.join(" ", fields), candidate.sdpMid(), candidate.sdpMLineIndex(), candidate.usernameFragment());
    }

    /** From now on packets of more bytes than this do not pass. */
    void dropAbove(int bytes) {
        largest = bytes;
    }

    /** From now on all packets pass. */
    void heal() {
        largest = LARGEST;
    }

    /** How many packets were dropped. */
    int dropped() {
        return dropped.get();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        outside.close();
        for (DatagramChannel inside : insides.values()) {
            inside.close();
        }
    }

    private void run() {
        ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST);
        try {
            while (selector.isOpen()) {
                selector.select(key -> {
                    try {
                        pass((DatagramChannel) key.channel(), (SocketAddress) key.attachment(), packet.clear());
                    } catch (IOException lost) {
                        dropped.incrementAndGet();
                    }
                });
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (ClosedSelectorException closed) {
            // The test is over.
        }
    }

    private void pass(DatagramChannel from, @Nullable SocketAddress browser, ByteBuffer packet) throws IOException {
        for (SocketAddress sender = from.receive(packet); sender != null; sender = from.receive(packet.clear())) {
            if (packet.flip().remaining() > largest) {
                dropped.incrementAndGet();
            } else if (browser == null) {
                inside(sender).send(packet, server);
            } else {
                outside.send(packet, browser);
            }
        }
    }

    /** Each address of the browser has a socket of its own towards the server, so that answers find their way back. */
    private DatagramChannel inside(SocketAddress browser) throws IOException {
        DatagramChannel inside = insides.get(browser);
        if (inside == null) {
            inside = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0));
            inside.configureBlocking(false).register(selector, SelectionKey.OP_READ, browser);
            insides.put(browser, inside);
        }
        return inside;
    }
}
