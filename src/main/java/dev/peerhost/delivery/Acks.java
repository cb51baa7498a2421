package dev.peerhost.delivery;

/** When the frames that have come are acknowledged, and how many of them: those whose messages have been dealt with. */
final class Acks {

    /** After so many frames or bytes one goes at once; before, when somebody asks for it. */
    private static final int FRAMES = 64;

    private static final int BYTES = 256 * 1024;

    private long completed = -1;
    private long handled = -1;
    private long acked;
    private int bytes;
    private boolean asked;

    /** A frame of so many bytes has come. */
    void received(int size) {
        bytes += size;
    }

    /** The frame with that number was the last of a message. */
    void completed(long number) {
        completed = number;
    }

    /** The message that the frame with that number completed has been dealt with, and those before it. */
    void handled(long number) {
        handled = number;
    }

    /**
     * How many frames are not acknowledged and may be.
     *
     * @param next how many have come
     */
    long owed(long next) {
        return dealtWith(next) - acked;
    }

    /** One is to go soon; whether any is owed. */
    boolean ask(long next) {
        asked = owed(next) > 0;
        return asked;
    }

    /** Whether one is to go now. */
    boolean isDue(long next) {
        long owed = owed(next);
        return owed > 0 && (asked || owed >= FRAMES || bytes >= BYTES);
    }

    /** What it says. */
    long take(long next) {
        acked = dealtWith(next);
        bytes = 0;
        asked = false;
        return acked;
    }

    private long dealtWith(long next) {
        return handled == completed ? next : handled + 1;
    }
}
