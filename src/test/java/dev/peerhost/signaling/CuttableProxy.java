package dev.peerhost.signaling;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP relay to the server, and what may happen to a network: both ends torn without a word, or a direction that carries
 * nothing while the connection stands. It counts what it withheld, so that a test can prove its fault.
 */
final class CuttableProxy implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger torn = new AtomicInteger();
    private final AtomicLong withheld = new AtomicLong();
    private final int server;
    private volatile boolean stalled;

    /** Relays to a port of this machine. */
    CuttableProxy(int server) throws IOException {
        this.server = server;
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Resets every connection (RFC 9293 section 3.10.7.4), so that neither end hears a goodbye. */
    void tear() throws IOException {
        List<Socket> all = List.copyOf(sockets);
        // All before the first close: a relay closes its other end as soon as one is gone.
        for (Socket socket : all) {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        }
        for (Socket socket : all) {
            socket.close();
            torn.incrementAndGet();
        }
    }

    /** From now on nothing gets through on the connections there are, though all stay open. New ones work. */
    void stall() {
        stalled = true;
    }

    /** How many sockets were torn. */
    int torn() {
        return torn.get();
    }

    /** How many bytes were swallowed. */
    long withheld() {
        return withheld.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        tear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                sockets.add(client);
                sockets.add(upstream);
                boolean born = stalled;
                Thread.startVirtualThread(() -> relay(client, upstream, born));
                Thread.startVirtualThread(() -> relay(upstream, client, born));
            } catch (IOException closed) {
                // The listener's end is the test's.
            }
        }
    }

    private void relay(Socket from, Socket to, boolean bornStalled) {
        byte[] piece = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
                if (stalled && !bornStalled) {
                    withheld.addAndGet(size);
                } else {
                    out.write(piece, 0, size);
                }
            }
        } catch (IOException torn) {
            // One end is gone; closing tells the other.
        }
        sockets.remove(from);
        sockets.remove(to);
    }
}
