package dev.peerhost.delivery;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The first byte of each frame, and how the rest is read. */
final class FrameType {

    static final byte TEXT = 0;
    static final byte BINARY = 1;
    static final byte FIRST_TEXT = 2;
    static final byte FIRST_BINARY = 3;
    static final byte MORE = 4;
    static final byte LAST = 5;
    static final byte ABORT = 6;
    static final byte HELLO = 16;
    static final byte ACK = 17;

    static final int HELLO_LENGTH = 53;
    static final int ACK_LENGTH = 9;

    /** In place of an id that is not known. */
    static final UUID NOBODY = new UUID(0, 0);

    /** What a double can count, which is what browsers do. */
    private static final long LARGEST_NUMBER = (1L << 53) - 1;

    private FrameType() {}

    /** Whether a frame is the last that its message needs. */
    static boolean completes(byte[] frame) {
        return frame[0] == TEXT || frame[0] == BINARY || frame[0] == LAST;
    }

    static Frame decode(byte[] frame) throws MalformedFrameException {
        if (frame.length == 0) {
            throw new MalformedFrameException("A frame is empty.");
        }
        return switch (frame[0]) {
            case TEXT, BINARY -> new Frame.Whole(frame[0] == TEXT, frame);
            case FIRST_TEXT, FIRST_BINARY -> first(frame);
            case MORE, LAST -> {
                demand(frame.length > 1, "A fragment is empty.");
                yield new Frame.More(frame[0] == LAST, frame);
            }
            case ABORT -> {
                demand(frame.length == 1, "An abort has more than its type.");
                yield new Frame.Abort();
            }
            case HELLO -> hello(frame);
            case ACK -> {
                demand(frame.length == ACK_LENGTH, "An ack has not 9 bytes.");
                yield new Frame.Ack(number(ByteBuffer.wrap(frame, 1, Long.BYTES)));
            }
            default -> throw new MalformedFrameException("There is no frame of type %d.".formatted(frame[0] & 0xff));
        };
    }

    private static Frame first(byte[] frame) throws MalformedFrameException {
        demand(frame.length > Frame.FIRST_HEADER, "A first fragment is empty.");
        int total = ByteBuffer.wrap(frame, 1, Integer.BYTES).getInt();
        demand(total > frame.length - Frame.FIRST_HEADER, "A first fragment is as long as its message, or longer.");
        return new Frame.First(frame[0] == FIRST_TEXT, total, frame);
    }

    private static Frame hello(byte[] frame) throws MalformedFrameException {
        demand(frame.length == HELLO_LENGTH, "A hello has not 53 bytes.");
        ByteBuffer rest = ByteBuffer.wrap(frame, 1, HELLO_LENGTH - 1);
        UUID self = new UUID(rest.getLong(), rest.getLong());
        demand(!self.equals(NOBODY), "A hello has no id.");
        @Nullable UUID other = new UUID(rest.getLong(), rest.getLong());
        long first = number(rest);
        long next = number(rest);
        int limit = rest.getInt();
        demand(limit >= 0, "A hello allows messages of more than 2 GiB.");
        return new Frame.Hello(self, other.equals(NOBODY) ? null : other, first, next, limit);
    }

    private static long number(ByteBuffer bytes) throws MalformedFrameException {
        long number = bytes.getLong();
        demand(number >= 0 && number <= LARGEST_NUMBER, "A frame counts further than 2^53 - 1.");
        return number;
    }

    private static void demand(boolean holds, String sentence) throws MalformedFrameException {
        if (!holds) {
            throw new MalformedFrameException(sentence);
        }
    }
}
