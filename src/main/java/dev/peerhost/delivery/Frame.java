package dev.peerhost.delivery;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What travels in one binary message of a {@code peerhost.1} channel (docs/protocol.md). Integers are big-endian. */
public sealed interface Frame {

    /** The largest frame in bytes, with its header; every end takes as much (RFC 8841 section 6). */
    int LARGEST = 65_536;

    /** Bytes of a {@link First} before its part of the message; the other numbered frames have one. */
    int FIRST_HEADER = 5;

    /**
     * The first frame on every data channel, from both ends. It is not numbered.
     *
     * @param self who sends it, 128 random bits
     * @param other whom it takes the receiver for, null before it knows
     * @param first the number of the first numbered frame that follows on this data channel
     * @param next how many numbered frames have come, which is the number of the next
     * @param limit the largest message that it takes, in bytes
     */
    record Hello(UUID self, @Nullable UUID other, long first, long next, int limit) implements Frame {}

    /**
     * Says what has been dealt with; not numbered.
     *
     * @param next the number of the first frame that has not
     */
    record Ack(long next) implements Frame {}

    /** A whole message, {@code bytes} after one byte of header. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and never copied before the message is made of it.
    record Whole(boolean text, byte[] frame) implements Frame {}

    /** The beginning of a message of {@code total} bytes, after five bytes of header. */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    record First(boolean text, int total, byte[] frame) implements Frame {}

    /** The next bytes of the message that has begun, after one byte of header; with {@code last} all that are left. */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    record More(boolean last, byte[] frame) implements Frame {}

    /** The message that has begun is given up. */
    record Abort() implements Frame {}

    /** The bytes of a frame. */
    default byte[] encode() {
        return switch (this) {
            case Hello hello -> {
                UUID other = hello.other == null ? FrameType.NOBODY : hello.other;
                yield ByteBuffer.allocate(FrameType.HELLO_LENGTH)
                        .put(FrameType.HELLO)
                        .putLong(hello.self.getMostSignificantBits())
                        .putLong(hello.self.getLeastSignificantBits())
                        .putLong(other.getMostSignificantBits())
                        .putLong(other.getLeastSignificantBits())
                        .putLong(hello.first)
                        .putLong(hello.next)
                        .putInt(hello.limit)
                        .array();
            }
            case Ack ack ->
                ByteBuffer.allocate(FrameType.ACK_LENGTH)
                        .put(FrameType.ACK)
                        .putLong(ack.next)
                        .array();
            case Whole whole -> whole.frame;
            case First first -> first.frame;
            case More more -> more.frame;
            case Abort abort -> new byte[] {FrameType.ABORT};
        };
    }

    /** A whole message of at most {@link #LARGEST} - 1 bytes. */
    static byte[] whole(boolean text, byte[] message) {
        byte[] frame = new byte[1 + message.length];
        frame[0] = text ? FrameType.TEXT : FrameType.BINARY;
        System.arraycopy(message, 0, frame, 1, message.length);
        return frame;
    }

    /** The frame that carries a larger message from an offset on. */
    static byte[] fragment(boolean text, byte[] message, int offset) {
        int header = offset == 0 ? FIRST_HEADER : 1;
        int size = Math.min(LARGEST - header, message.length - offset);
        ByteBuffer frame = ByteBuffer.allocate(header + size);
        if (offset == 0) {
            frame.put(text ? FrameType.FIRST_TEXT : FrameType.FIRST_BINARY).putInt(message.length);
        } else {
            frame.put(offset + size == message.length ? FrameType.LAST : FrameType.MORE);
        }
        return frame.put(message, offset, size).array();
    }

    /**
     * Reads a frame; the array is kept and must not be changed.
     *
     * @throws MalformedFrameException when it is none
     */
    static Frame decode(byte[] frame) throws MalformedFrameException {
        return FrameType.decode(frame);
    }
}
