package dev.peerhost.control;

import dev.peerhost.channel.DtlsFingerprints;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of agreeing on a safety code: five words that both ends of a connection have alike if, and only if,
 * nobody put certificates of their own between them. Each end commits to a nonce before it learns the other's, after RFC
 * 6189 section 4.4.1.1; docs/protocol.md has what is said. The browser begins.
 *
 * <p>Belongs to the handler calls of one channel; only the code may be asked for from elsewhere.
 */
final class SafetyExchange {

    private static final Pattern SAID = Pattern.compile("(commit|reveal):([0-9a-f]{64})");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String nonce;
    private final DtlsFingerprints fingerprints;
    private @Nullable String theirCommitment;
    private volatile @Nullable String code;

    SafetyExchange(DtlsFingerprints fingerprints) {
        this(fingerprints, nonce());
    }

    /**
     * With a nonce that is known beforehand.
     *
     * @param nonce 64 hexadecimal digits
     */
    SafetyExchange(DtlsFingerprints fingerprints, String nonce) {
        this.fingerprints = fingerprints;
        this.nonce = nonce;
    }

    /** The five words, or null before both nonces are known. */
    @Nullable
    String code() {
        return code;
    }

    /**
     * Takes what the browser said.
     *
     * @return what is said to it in turn
     * @throws IllegalArgumentException when it is not what the browser had committed itself to, or not in order
     */
    List<String> receive(String text) {
        Matcher said = SAID.matcher(text);
        if (said.matches()) {
            String value = said.group(2);
            if (said.group(1).equals("commit") && theirCommitment == null && !value.equals(commitment(nonce))) {
                theirCommitment = value;
                return List.of("commit:" + commitment(nonce), "reveal:" + nonce);
            }
            if (said.group(1).equals("reveal") && commitment(value).equals(theirCommitment) && code == null) {
                code = words(value);
                return List.of();
            }
        }
        throw new IllegalArgumentException(
                "what was said for a safety code is not what was committed to, or out of order");
    }

    private String words(String theirNonce) {
        String ends = Stream.of(fingerprints.local() + " " + nonce, fingerprints.remote() + " " + theirNonce)
                .sorted()
                .reduce("peerhost.safety", (all, end) -> all + "\n" + end);
        return SafetyWords.of(sha256(ends));
    }

    private static String commitment(String nonce) {
        return HexFormat.of().formatHex(sha256("peerhost.safety " + nonce));
    }

    private static String nonce() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
