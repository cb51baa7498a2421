package dev.peerhost.signaling;

import org.jspecify.annotations.Nullable;

/**
 * A SEND of the usual form: no headers but those that say where it goes and what it has. An offer, an answer or a
 * candidate is one, so reading it takes a fraction of what any frame would.
 *
 * @param destination where it goes
 * @param body as text
 */
record SendFrame(String destination, String body) {

    private static final String COMMAND = "SEND\n";
    private static final String DESTINATION = "destination:";

    /** Whether a piece of what comes on a socket that is between frames is one SEND, of whatever form. */
    static boolean isIn(String piece) {
        return piece.startsWith(COMMAND) && piece.indexOf('\0') == piece.length() - 1;
    }

    /** Reads a whole frame, NUL included; null when it is any other, which Spring reads. */
    static @Nullable SendFrame usual(String frame) {
        if (!frame.startsWith(COMMAND)) {
            return null;
        }
        String destination = null;
        int line = COMMAND.length();
        int end = frame.indexOf('\n', line);
        for (; end > line; end = frame.indexOf('\n', line)) {
            if (destination == null && frame.startsWith(DESTINATION, line)) {
                destination = frame.substring(line + DESTINATION.length(), end);
            } else if (!frame.startsWith("content-length:", line) && !frame.startsWith("content-type:", line)) {
                return null;
            }
            line = end + 1;
        }
        // Escapes ("Value Encoding") and the other EOL are not usual here.
        return end < 0 || destination == null || destination.indexOf('\\') >= 0 || destination.endsWith("\r")
                ? null
                : new SendFrame(destination, frame.substring(end + 1, frame.length() - 1));
    }
}
