package dev.peerhost.delivery;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages that come: each frame is taken once, whatever is sent again, and at most one message is incomplete. */
final class Receiving {

    private final int limit;
    private long next;
    private long again;

    /** Frames of the message that has begun, the first with its header. */
    private final List<byte[]> partial = new ArrayList<>();

    private boolean text;
    private int total;
    private int held;

    /**
     * Nothing has come.
     *
     * @param limit on a message, in bytes
     */
    Receiving(int limit) {
        this.limit = limit;
    }

    /** The number of the next frame that is new. */
    long next() {
        return next;
    }

    /** Bytes of the message that has begun. */
    int held() {
        return held;
    }

    /** Another data channel begins with the frame of that number. */
    void resume(long first) throws MalformedFrameException {
        if (first > next) {
            throw new MalformedFrameException(
                    "The frames %,d to %,d are missing: it begins with a later one.".formatted(next, first - 1));
        }
        again = next - first;
    }

    /**
     * Takes a numbered frame.
     *
     * @return the message that it completes, if any
     */
    @Nullable
    Incoming take(Frame frame) throws MalformedFrameException {
        if (again > 0) {
            again--;
            return null;
        }
        next++;
        return switch (frame) {
            case Frame.Whole whole ->
                new Incoming(whole.text(), whole.frame().length - 1, List.of(whole.frame()), next - 1);
            case Frame.First first -> {
                begin(first);
                yield null;
            }
            case Frame.More more -> add(more);
            case Frame.Abort abort -> {
                forget();
                yield null;
            }
            case Frame.Hello hello -> throw new IllegalArgumentException("not numbered: " + hello);
            case Frame.Ack ack -> throw new IllegalArgumentException("not numbered: " + ack);
        };
    }

    private void begin(Frame.First first) throws MalformedFrameException {
        if (held > 0) {
            throw new MalformedFrameException("A message begins while another one is incomplete.");
        }
        if (first.total() > limit) {
            throw new MalformedFrameException("A message has %,d bytes; at most %,d are taken."
                    .formatted(Integer.toUnsignedLong(first.total()), limit));
        }
        text = first.text();
        total = first.total();
        hold(first.frame(), Frame.FIRST_HEADER);
    }

    private @Nullable Incoming add(Frame.More more) throws MalformedFrameException {
        if (held == 0) {
            throw new MalformedFrameException("A fragment belongs to no message.");
        }
        hold(more.frame(), 1);
        if (held > total || more.last() != (held == total)) {
            throw new MalformedFrameException(
                    "A message of %,d bytes has %,d in its fragments.".formatted(total, held));
        }
        if (!more.last()) {
            return null;
        }
        Incoming message = new Incoming(text, total, List.copyOf(partial), next - 1);
        forget();
        return message;
    }

    private void hold(byte[] frame, int header) {
        partial.add(frame);
        held += frame.length - header;
    }

    private void forget() {
        partial.clear();
        held = 0;
    }
}
