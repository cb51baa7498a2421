package dev.peerhost.hosting;

import org.jspecify.annotations.Nullable;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param first offset of its first byte
 * @param length how many bytes, at least 1; 0 stands for a range that the file does not have
 */
record ByteRange(long first, long length) {

    private static final String UNIT = "bytes=";
    // As many as any file's size has, and few enough for a long.
    private static final int MOST_DIGITS = 18;

    static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

    /**
     * Reads a {@code Range} header.
     *
     * @param size of the file in bytes
     * @return null when it is to be ignored: not bytes, malformed, or several ranges at once, of which a server may answer
     *     with the whole
     */
    static @Nullable ByteRange parse(String header, long size) {
        int dash = header.indexOf('-');
        if (!header.regionMatches(true, 0, UNIT, 0, UNIT.length()) || dash < UNIT.length()) {
            return null;
        }
        String from = header.substring(UNIT.length(), dash).strip();
        String to = header.substring(dash + 1).strip();
        if (!isNumber(from) || !isNumber(to) || (from.isEmpty() && to.isEmpty())) {
            return null;
        }
        if (from.isEmpty()) {
            long count = Math.min(number(to), size);
            return new ByteRange(size - count, count);
        }
        long first = number(from);
        long last = to.isEmpty() ? Long.MAX_VALUE : number(to);
        if (last < first) {
            return null;
        }
        return first >= size ? UNSATISFIABLE : new ByteRange(first, Math.min(last, size - 1) - first + 1);
    }

    boolean isSatisfiable() {
        return length > 0;
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** One with more digits is behind the end of every file, wherever that is. */
    private static long number(String digits) {
        String bare = digits.replaceFirst("^0+(?=.)", "");
        return bare.length() > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(bare);
    }
}
