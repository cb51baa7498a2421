package dev.peerhost.signaling;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes on one socket, in pieces of any size, into whole frames (STOMP 1.2, "Augmented BNF"). It looks at no
 * more than where a frame ends. Not safe for use by several threads.
 */
final class FrameReader {

    /** What an EOL between frames is given as: a heart-beat (STOMP 1.2, "Heart-beating"). */
    static final String HEART_BEAT = "\n";

    private static final String CONTENT_LENGTH = "\ncontent-length:";
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
    private static final int UNTIL_NUL = -1;

    /** Takes each frame with its NUL, and heart-beats. */
    interface Receiver {
        void take(String frame) throws Exception;
    }

    private enum Part {
        BETWEEN,
        HEAD,
        BODY
    }

    private final int limit;
    private @Nullable StringBuilder begun;
    private Part part = Part.BETWEEN;
    private boolean lineIsEmpty;
    private int bytesLeft;

    /** Takes frames of at most {@code limit} characters. */
    FrameReader(int limit) {
        this.limit = limit;
    }

    /** Whether no frame is begun. */
    boolean isBetweenFrames() {
        return part == Part.BETWEEN;
    }

    /**
     * Takes a piece and gives what is whole with it.
     *
     * @throws ProtocolViolation for a frame that is too long or ends elsewhere than it says
     */
    void read(String piece, Receiver receiver) throws Exception {
        int start = 0;
        int at = 0;
        while (at < piece.length()) {
            if (part == Part.BETWEEN) {
                char next = piece.charAt(at);
                if (next == '\n' || next == '\r') {
                    start = ++at;
                    if (next == '\n') {
                        receiver.take(HEART_BEAT);
                    }
                    continue;
                }
                part = Part.HEAD;
                lineIsEmpty = true;
            }
            if (part == Part.HEAD) {
                at = afterHead(piece, at);
                if (part == Part.BODY) {
                    bytesLeft = contentLength(soFar(piece, start, at));
                }
            } else {
                at = afterBody(piece, at);
                if (part == Part.BETWEEN) {
                    String frame = soFar(piece, start, at);
                    begun = null;
                    start = at;
                    receiver.take(frame);
                }
            }
        }
        if (part != Part.BETWEEN) {
            keep(piece, start);
        }
    }

    private String soFar(String piece, int start, int end) {
        String newest = piece.substring(start, end);
        return begun == null ? newest : begun + newest;
    }

    private void keep(String piece, int start) {
        if (begun == null) {
            begun = new StringBuilder();
        }
        begun.append(piece, start, piece.length());
        if (begun.length() > limit) {
            throw ProtocolViolation.frameTooLarge(limit);
        }
    }

    /** Up to the empty line, or as far as there is. */
    private int afterHead(String piece, int from) {
        for (int at = from; at < piece.length(); at++) {
            char next = piece.charAt(at);
            if (next == '\n' && lineIsEmpty) {
                part = Part.BODY;
                return at + 1;
            }
            if (next == '\0') {
                throw ProtocolViolation.noFrame();
            }
            lineIsEmpty = next == '\n' || (next == '\r' && lineIsEmpty);
        }
        return piece.length();
    }

    /** Up to the NUL that ends the frame, or as far as there is. */
    private int afterBody(String piece, int from) {
        int at = from;
        if (bytesLeft == UNTIL_NUL) {
            int end = piece.indexOf('\0', from);
            at = end < 0 ? piece.length() : end;
        } else {
            while (bytesLeft > 0 && at < piece.length()) {
                bytesLeft -= bytes(piece.charAt(at++));
            }
            if (bytesLeft < 0) {
                throw ProtocolViolation.noFrame();
            }
        }
        if (at == piece.length()) {
            return at;
        }
        if (piece.charAt(at) != '\0') {
            throw ProtocolViolation.noFrame();
        }
        part = Part.BETWEEN;
        return at + 1;
    }

    /** In UTF-8 (RFC 3629); each half of a surrogate pair is half of its four. */
    private static int bytes(char unit) {
        return unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }

    private static int contentLength(String head) {
        int header = head.indexOf(CONTENT_LENGTH);
        if (header < 0) {
            return UNTIL_NUL;
        }
        int value = header + CONTENT_LENGTH.length();
        String length = head.substring(value, head.indexOf('\n', value)).strip();
        if (!LENGTH.matcher(length).matches()) {
            throw ProtocolViolation.noFrame();
        }
        return Integer.parseInt(length);
    }
}
