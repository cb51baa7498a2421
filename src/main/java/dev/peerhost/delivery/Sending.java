package dev.peerhost.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames that go: kept until they are acknowledged, and given out again on another data channel. Messages of one
 * frame go in order and before the fragments of a larger one, of which there is one at a time.
 */
final class Sending {

    /** What each frame counts in addition to its bytes, so that empty ones count too. */
    private static final int OVERHEAD = 64;

    /** Given out and not acknowledged; the first has the number {@code base}. */
    private final Deque<byte[]> given = new ArrayDeque<>();

    /** To be given out, in front those that were before. */
    private final Deque<byte[]> waiting = new ArrayDeque<>();

    private byte @Nullable [] large;
    private boolean text;
    private int offset;
    private long base;
    private long acked;
    private long highest;
    private long bytes;

    /** The number of the first frame that another data channel would begin with. */
    long base() {
        return base;
    }

    /** What is kept, in bytes, with {@value #OVERHEAD} more for each frame, and a large message as a whole. */
    long bytes() {
        return bytes + (large == null ? 0 : large.length);
    }

    /** What of that fills the window. */
    long inWindow() {
        return bytes;
    }

    /** Whether a message of more than one frame is under way. */
    boolean isLargeUnderWay() {
        return large != null;
    }

    /** Takes a message that fits a frame. */
    void add(byte[] frame) {
        waiting.add(frame);
        bytes += frame.length + OVERHEAD;
    }

    /** Takes a message that does not, when none is under way. */
    void addLarge(boolean isText, byte[] message) {
        large = message;
        text = isText;
        offset = 0;
    }

    /**
     * The next frame.
     *
     * @param fragments whether it may be a fresh fragment
     */
    byte @Nullable [] next(boolean fragments) {
        byte[] frame = waiting.poll();
        if (frame == null && fragments && large != null) {
            frame = Frame.fragment(text, large, offset);
            bytes += frame.length + OVERHEAD;
            offset += frame.length - (offset == 0 ? Frame.FIRST_HEADER : 1);
            if (offset == large.length) {
                large = null;
            }
        }
        if (frame != null) {
            given.add(frame);
            highest = Math.max(highest, base + given.size());
            // What was acknowledged while it waited to be sent again.
            prune();
        }
        return frame;
    }

    /** Whether {@link #next} has one. */
    boolean hasNext(boolean fragments) {
        return !waiting.isEmpty() || (fragments && large != null);
    }

    /** The other end has dealt with all frames before that number. */
    void acknowledged(long next) throws MalformedFrameException {
        if (next > highest) {
            throw new MalformedFrameException(
                    "It acknowledges frame %,d, and %,d were sent.".formatted(next - 1, highest));
        }
        acked = Math.max(acked, next);
        prune();
    }

    /** All that was given out and not acknowledged has to be given out again. */
    void rewind() {
        while (!given.isEmpty()) {
            waiting.addFirst(given.removeLast());
        }
    }

    /** How many messages were not acknowledged. */
    int undelivered() {
        long number = base;
        int count = large == null ? 0 : 1;
        for (Deque<byte[]> frames : List.of(given, waiting)) {
            for (byte[] frame : frames) {
                count += number++ >= acked && FrameType.completes(frame) ? 1 : 0;
            }
        }
        return count;
    }

    private void prune() {
        while (base < acked && !given.isEmpty()) {
            bytes -= given.removeFirst().length + OVERHEAD;
            base++;
        }
    }
}
