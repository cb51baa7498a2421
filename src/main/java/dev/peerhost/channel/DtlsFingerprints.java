package dev.peerhost.channel;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The certificates that a connection is encrypted with, as its descriptions name them (RFC 8122 section 5): a hash
 * function and a fingerprint, {@code sha-256 AB:CD:…}, several with commas between.
 *
 * @param local of the server's own peer
 * @param remote of the peer at the other end
 */
public record DtlsFingerprints(String local, String remote) {

    private static final Pattern LINE =
            Pattern.compile("^a=fingerprint:(\\S+) (\\S+)", Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /**
     * Those of two descriptions, in one spelling and order, so that both ends have the same.
     *
     * @param local the SDP of ours
     * @param remote the SDP of theirs
     */
    public static DtlsFingerprints of(String local, String remote) {
        return new DtlsFingerprints(in(local), in(remote));
    }

    private static String in(String sdp) {
        return LINE.matcher(sdp)
                .results()
                .map(line -> line.group(1).toLowerCase(Locale.ROOT) + " "
                        + line.group(2).toUpperCase(Locale.ROOT))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }
}
