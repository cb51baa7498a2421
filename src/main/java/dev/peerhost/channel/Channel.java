package dev.peerhost.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A data channel that a browser has opened to the server's own peer. It may be used from any thread. */
public interface Channel {

    /** What the browser called it, with its parameters. */
    ChannelLabel label();

    /** The subprotocol that the browser named (RFC 8832 section 5.1), empty for none. */
    String protocol();

    /** The id of the peer at the other end. */
    String peer();

    /** The room that the peer reached us through, or null when it came over HTTP. */
    @Nullable
    String room();

    /** The certificates that the connection below is encrypted with; no two connections have the same. */
    DtlsFingerprints fingerprints();

    /**
     * Sends a message. It never waits for the other end and never drops: what is not {@link SendResult#ACCEPTED} was not
     * sent.
     */
    SendResult send(ChannelMessage message);

    /**
     * Waits until enough of what was sent has left that {@link #send} can accept the largest message again.
     *
     * @param timeout how long at most
     * @return whether the channel is writable; false when the time is over or the channel closed
     * @throws InterruptedException when the waiting thread is interrupted
     */
    boolean awaitWritable(Duration timeout) throws InterruptedException;

    /** Closes the channel once what was accepted has been sent. Closing it again does nothing. */
    void close();
}
