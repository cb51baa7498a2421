package dev.peerhost.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A channel that keeps what is sent on it, in order. Its other end takes so many messages and then stalls, for rules that a
 * real network shows only slowly.
 */
public final class RecordingChannel implements Channel {

    /** The largest message that it takes, in bytes: what a peer that names no limit is sent (RFC 8841 section 6.1). */
    public static final int LARGEST = 65_536;

    private final ChannelLabel label;
    private final @Nullable String room;
    private final List<ChannelMessage> sent = new CopyOnWriteArrayList<>();
    private int takes;
    private boolean closed;

    /**
     * An open channel.
     *
     * @param label with its parameters
     * @param room of its peer, or null as over HTTP
     * @param takes how many messages its other end reads; to any further one the answer is WOULD_BLOCK, for ever
     */
    public RecordingChannel(String label, @Nullable String room, int takes) {
        this.label = ChannelLabel.parse(label);
        this.room = room;
        this.takes = takes;
    }

    /** What was accepted so far. */
    public List<ChannelMessage> sent() {
        return List.copyOf(sent);
    }

    /** Whether anybody has closed it. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public ChannelLabel label() {
        return label;
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public DtlsFingerprints fingerprints() {
        return new DtlsFingerprints("sha-256 AA:AA", "sha-256 BB:BB");
    }

    @Override
    public String peer() {
        return "peer";
    }

    @Override
    public @Nullable String room() {
        return room;
    }

    @Override
    public synchronized SendResult send(ChannelMessage message) {
        if (closed) {
            return SendResult.CLOSED;
        }
        if (message.bytes().length > LARGEST) {
            return SendResult.TOO_LARGE;
        }
        if (takes == 0) {
            return SendResult.WOULD_BLOCK;
        }
        takes--;
        sent.add(message);
        return SendResult.ACCEPTED;
    }

    /** Answers at once: an end that stalls does so for ever. */
    @Override
    public synchronized boolean awaitWritable(Duration timeout) {
        return takes > 0 && !closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
