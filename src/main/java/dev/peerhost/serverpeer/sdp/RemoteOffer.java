package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser's offer (RFC 9429), checked before the native library sees it.
 *
 * @param sdp the offer without its candidates, which take the way of all candidates, {@link RemoteCandidates}
 * @param session what stays the same as long as it comes from the same {@code RTCPeerConnection}
 * @param ice the browser's ICE credentials, which stay the same until it restarts ICE
 * @param maxMessageSize the largest message that the browser takes, in bytes (RFC 8841 section 6)
 * @param candidates those that can be read; one that cannot is no reason to refuse the offer
 */
public record RemoteOffer(
        String sdp, String session, IceCredentials ice, int maxMessageSize, List<RemoteCandidate> candidates) {

    /** The largest message that the native library sends, in bytes. */
    static final int LARGEST_MESSAGE = 262_144;

    private static final String DEFAULT_MESSAGE = "65536";
    private static final String BUNDLE = "a=group:BUNDLE ";
    private static final String FINGERPRINT = "a=fingerprint:";
    private static final Predicate<String> ORIGIN = matches("\\S+ [0-9]{1,20} [0-9]{1,20} IN IP[46] \\S+");
    private static final Predicate<String> DATA =
            matches("application [1-9][0-9]{0,4} ((UDP|TCP)/)?DTLS/SCTP (webrtc-datachannel|[0-9]{1,5})");
    private static final Predicate<String> TOKEN = matches("[!-~]{1,64}");
    private static final Predicate<String> PORT = matches("[1-9][0-9]{0,4}");
    private static final Predicate<String> SIZE = matches("[0-9]{1,18}");

    /** RFC 8842 section 5.3 forbids an offer {@code holdconn}. */
    private static final Predicate<String> SETUP = matches("actpass|active|passive");

    /** RFC 8122 section 5: these, with so many bytes each; MD5 and MD2 must not be used. */
    private static final Map<String, Integer> HASHES =
            Map.of("sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);

    private static final Pattern HASH = Pattern.compile("(\\S+) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})*+)");

    /**
     * Reads an offer.
     *
     * @throws Rejection {@code TOO_LARGE}, or {@code BAD_BODY} with what is wrong and what to do
     */
    public static RemoteOffer parse(String text) {
        SdpLines sdp = SdpLines.parse("The SDP of the offer", "send the sdp of localDescription as it is", text);
        List<String> lines = sdp.lines();
        sdp.demand(!lines.isEmpty() && lines.getFirst().equals("v=0"), "does not start with the line v=0");
        String origin = sdp.one("o=", ORIGIN);
        sdp.demand(
                lines.stream().filter(line -> line.startsWith("m=")).count() == 1 && DATA.test(media(sdp)),
                "is not for data channels alone (one m=application line, with a port, and no other)");
        sdp.demand(sdp.values("a=crypto:").isEmpty(), "has keys in it (a=crypto)");
        IceCredentials ice = IceCredentials.of(sdp);
        List<String> fingerprints = sdp.values(FINGERPRINT);
        sdp.demand(!fingerprints.isEmpty(), "has no line " + FINGERPRINT + "…");
        sdp.demand(
                fingerprints.stream().allMatch(RemoteOffer::isHash),
                "has a fingerprint that is no whole SHA-1 or SHA-2 hash in hex");
        var unusedRole = sdp.oneOr("actpass", "a=setup:", SETUP);
        var unusedPort = sdp.oneOr("5000", "a=sctp-port:", PORT);
        String mid = sdp.oneOr("", "a=mid:", TOKEN);
        sdp.demand(
                sdp.values(BUNDLE).isEmpty() || sdp.values(BUNDLE).equals(List.of(mid)),
                "has a BUNDLE group that is not its one a=mid");
        String session =
                origin.split(" ", -1)[1] + fingerprints.stream().sorted().collect(Collectors.joining(","));
        List<RemoteCandidate> candidates = sdp.values("a=").stream()
                .map(line -> RemoteCandidate.read(line, ice.ufrag()))
                .filter(Objects::nonNull)
                .toList();
        return new RemoteOffer(withoutCandidates(lines), session, ice, maxMessageSize(sdp), candidates);
    }

    /** The same offer with other ICE credentials: an ICE restart of which only they were sent (RFC 9725 section 4.3.3). */
    public RemoteOffer restarted(IceCredentials fresh) {
        return parse(sdp.lines().map(fresh::replaceIn).collect(Collectors.joining("\r\n")));
    }

    private static boolean isHash(String fingerprint) {
        Matcher hash = HASH.matcher(fingerprint);
        // Two digits a byte and a colon between any two.
        return hash.matches()
                && hash.group(2).length() + 1
                        == 3 * HASHES.getOrDefault(hash.group(1).toLowerCase(Locale.ROOT), 0);
    }

    private static String media(SdpLines sdp) {
        return sdp.values("m=").getFirst();
    }

    private static String withoutCandidates(List<String> lines) {
        return lines.stream().filter(line -> !isCandidate(line)).collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static boolean isCandidate(String line) {
        String attribute = line.toLowerCase(Locale.ROOT);
        return attribute.startsWith("a=candidate")
                || attribute.startsWith("a=remote-candidates")
                || attribute.startsWith("a=end-of-candidates");
    }

    private static int maxMessageSize(SdpLines sdp) {
        long bytes = Long.parseLong(sdp.oneOr(DEFAULT_MESSAGE, "a=max-message-size:", SIZE));
        // 0 means that messages of any size are taken.
        return bytes == 0 ? LARGEST_MESSAGE : (int) Math.min(bytes, LARGEST_MESSAGE);
    }

    private static Predicate<String> matches(String pattern) {
        return Pattern.compile(pattern).asMatchPredicate();
    }
}
