package dev.peerhost.signaling;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text message of one WebSocket frame of at most {@value #LARGEST} bytes, masked and without extensions (RFC 6455,
 * section 5.2). Signals are such. Whatever else a client sends, rightly or wrongly, is no business of this class.
 */
final class TextFrame {

    /** In bytes, with its header. */
    static final int LARGEST = 8192;

    /** Instead of a length: more of the frame is to come. */
    static final int NOT_WHOLE = 0;

    /** Instead of a length: something else begins here. */
    static final int OTHER = -1;

    private static final byte FINAL_TEXT = (byte) 0x81;
    private static final int MASKED = 0x80;
    private static final int SHORT_HEADER = 6;
    private static final int LONG_HEADER = 8;
    private static final int LENGTH_IN_TWO_BYTES = 126;

    private TextFrame() {}

    /** How many bytes the frame has that begins at the buffer's position, or {@link #NOT_WHOLE} or {@link #OTHER}. */
    static int length(ByteBuffer input) {
        int at = input.position();
        int there = input.remaining();
        if (there > 0 && input.get(at) != FINAL_TEXT) {
            return OTHER;
        }
        if (there < 2) {
            return NOT_WHOLE;
        }
        int length = Byte.toUnsignedInt(input.get(at + 1)) - MASKED;
        int header = SHORT_HEADER;
        if (length == LENGTH_IN_TWO_BYTES) {
            if (there < 4) {
                return NOT_WHOLE;
            }
            length = Short.toUnsignedInt(input.getShort(at + 2));
            header = LONG_HEADER;
        }
        // Not masked, longer, or with its length in more bytes than need be.
        if (length < 0 || header + length > LARGEST || (length >= LENGTH_IN_TWO_BYTES) != (header == LONG_HEADER)) {
            return OTHER;
        }
        return there < header + length ? NOT_WHOLE : header + length;
    }

    /** The text of the frame that begins at the buffer's position and has that length; null if it may not be UTF-8. */
    static @Nullable String text(ByteBuffer input, int length) {
        int header = length - SHORT_HEADER < LENGTH_IN_TWO_BYTES ? SHORT_HEADER : LONG_HEADER;
        int at = input.position() + header;
        byte[] bytes = new byte[length - header];
        input.get(at, bytes);
        unmask(bytes, input.getInt(at - Integer.BYTES));
        String text = new String(bytes, StandardCharsets.UTF_8);
        // It stands for what could not be read, or for itself.
        return text.indexOf('\uFFFD') < 0 ? text : null;
    }

    private static void unmask(byte[] bytes, int mask) {
        ByteBuffer text = ByteBuffer.wrap(bytes);
        long twice = (Integer.toUnsignedLong(mask) << Integer.SIZE) | Integer.toUnsignedLong(mask);
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            text.putLong(at, text.getLong(at) ^ twice);
        }
        for (; at < bytes.length; at++) {
            bytes[at] ^= (byte) (mask >> (Integer.SIZE - Byte.SIZE - Byte.SIZE * (at % Integer.BYTES)));
        }
    }
}
