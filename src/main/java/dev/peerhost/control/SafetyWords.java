package dev.peerhost.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The first 55 bits of a digest as five words, 11 bits each, from the same list that browsers load. */
final class SafetyWords {

    private static final String LIST = "/peerhost/lib/words.js";
    private static final int WORDS = 5;
    private static final int BITS = 11;

    private SafetyWords() {}

    /**
     * Words for people to compare.
     *
     * @param digest of 8 bytes or more
     */
    static String of(byte[] digest) {
        long bits = ByteBuffer.wrap(digest).getLong();
        return IntStream.rangeClosed(1, WORDS)
                .mapToObj(word -> All.WORDS.get((int) (bits >>> (Long.SIZE - BITS * word)) & ((1 << BITS) - 1)))
                .collect(Collectors.joining(" "));
    }

    /** Read by the first who asks. */
    private static final class All {

        private static final List<String> WORDS = read();

        private static List<String> read() {
            try (InputStream module = Objects.requireNonNull(SafetyWords.class.getResourceAsStream(LIST), LIST)) {
                String text = new String(module.readAllBytes(), StandardCharsets.UTF_8);
                List<String> words = List.of(text.substring(text.indexOf('`') + 1, text.lastIndexOf('`'))
                        .trim()
                        .split("\\s+"));
                if (words.size() != 1 << BITS) {
                    throw new IllegalStateException(LIST + " has " + words.size() + " words");
                }
                return words;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
