package dev.peerhost.delivery;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.SendResult;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One end of a {@code peerhost.1} channel, which outlives the data channels that carry it one after another: each message
 * arrives once. It may be used from any thread; its lock is never held while anybody is called.
 */
public final class Delivery {

    /** The largest message, in bytes. */
    public static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

    /** How many bytes may wait for their acknowledgement, each frame counting 64 more than it has. */
    public static final int WINDOW = 4 * 1024 * 1024;

    private final UUID id = UUID.randomUUID();
    private final Sending sending = new Sending();
    private final Receiving receiving = new Receiving(LARGEST_MESSAGE);
    private @Nullable UUID remote;
    private int remoteLimit;
    private @Nullable Object carrier;
    private boolean greets;
    private boolean greeted;
    private final Acks acks = new Acks();

    /** What the other end names in its hello once it knows. */
    public UUID id() {
        return id;
    }

    /** Another data channel carries it from now on, or with null none does; what was not acknowledged goes again. */
    public synchronized void carriedBy(@Nullable Object dataChannel) {
        carrier = dataChannel;
        greets = dataChannel != null;
        greeted = false;
        sending.rewind();
    }

    /** Whether it is that data channel which carries it. */
    public synchronized boolean isCarriedBy(Object dataChannel) {
        return dataChannel.equals(carrier);
    }

    /** Whether a data channel carries it at all. */
    public synchronized boolean isCarried() {
        return carrier != null;
    }

    /** Takes a message to be sent, which must not change any more; CLOSED is for the caller to know. */
    public SendResult offer(ChannelMessage message) {
        byte[] bytes = message.bytes();
        boolean text = message instanceof ChannelMessage.Text;
        boolean whole = bytes.length < Frame.LARGEST;
        byte @Nullable [] frame = whole ? Frame.whole(text, bytes) : null;
        synchronized (this) {
            if (frame == null && bytes.length > remoteLimit && greeted) {
                return SendResult.TOO_LARGE;
            }
            if (!isWritable(whole)) {
                return SendResult.WOULD_BLOCK;
            }
            if (frame != null) {
                sending.add(frame);
            } else {
                sending.addLarge(text, bytes);
            }
            return SendResult.ACCEPTED;
        }
    }

    /** Whether there is room for a message of any size. */
    public synchronized boolean isWritable() {
        return isWritable(false);
    }

    /** Whether all that was offered has been given out, acknowledged or not. */
    public synchronized boolean isGivenOut() {
        return !sending.hasNext(true);
    }

    /** What is kept to be sent, or to be sent again, in bytes. */
    public synchronized long kept() {
        return sending.bytes();
    }

    /** How many messages the other end has not acknowledged. */
    public synchronized int undelivered() {
        return sending.undelivered();
    }

    /** How many bytes of a message are there that is not complete. */
    public synchronized int held() {
        return receiving.held();
    }

    /** Whether there is something that {@link #next} would give. */
    public synchronized boolean hasNext(boolean fragments) {
        return carrier != null && (greets || acks.isDue(receiving.next()) || sending.hasNext(fragments && hasWindow()));
    }

    /**
     * The next frame; for one caller at a time.
     *
     * @param dataChannel that it is for
     * @param room whether there is room for messages, or only for what the ends say to each other
     * @param fragments whether there is room for a fresh fragment
     * @return null when there is none, or another data channel carries it
     */
    public synchronized byte @Nullable [] next(Object dataChannel, boolean room, boolean fragments) {
        if (!dataChannel.equals(carrier)) {
            return null;
        }
        if (greets) {
            greets = false;
            return new Frame.Hello(id, remote, sending.base(), receiving.next(), LARGEST_MESSAGE).encode();
        }
        if (acks.isDue(receiving.next())) {
            return new Frame.Ack(acks.take(receiving.next())).encode();
        }
        return room ? sending.next(fragments && greeted && hasWindow()) : null;
    }

    /**
     * Takes a frame that has come on the data channel that carries it.
     *
     * @return the message that it completes, if any
     * @throws MalformedFrameException when the channel cannot go on
     */
    public synchronized @Nullable Incoming receive(byte[] bytes) throws MalformedFrameException {
        Frame frame = Frame.decode(bytes);
        if (greeted == frame instanceof Frame.Hello) {
            throw new MalformedFrameException(greeted ? "A hello comes twice." : "The first frame is no hello.");
        }
        switch (frame) {
            case Frame.Hello hello -> greet(hello);
            case Frame.Ack ack -> sending.acknowledged(ack.next());
            default -> {
                Incoming message = receiving.take(frame);
                acks.received(bytes.length);
                if (message != null) {
                    acks.completed(message.number());
                }
                return message;
            }
        }
        return null;
    }

    /** The message with that number has been dealt with, and those before it. */
    public synchronized void handled(long number) {
        acks.handled(number);
    }

    /** What has been dealt with is to be acknowledged soon; whether there is something. */
    public synchronized boolean acknowledge() {
        return acks.ask(receiving.next());
    }

    /** Whether something has been dealt with that was not acknowledged. */
    public synchronized boolean owesAck() {
        return acks.owed(receiving.next()) > 0;
    }

    private void greet(Frame.Hello hello) throws MalformedFrameException {
        if ((hello.other() != null && !hello.other().equals(id)) || (remote != null && !remote.equals(hello.self()))) {
            throw new MalformedFrameException("The other end is another one than before: it began anew.");
        }
        receiving.resume(hello.first());
        sending.acknowledged(hello.next());
        remote = hello.self();
        remoteLimit = hello.limit();
        greeted = true;
    }

    private boolean isWritable(boolean whole) {
        return hasWindow() && (whole || (greeted && !sending.isLargeUnderWay()));
    }

    private boolean hasWindow() {
        return sending.inWindow() < WINDOW;
    }
}
