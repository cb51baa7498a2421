package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A browser's offer (RFC 9429), checked before the native library sees it.
 *
 * @param sdp the offer without its candidates, which take the way of all candidates, {@link RemoteCandidates}
 * @param session what stays the same as long as it comes from the same {@code RTCPeerConnection}
 * @param maxMessageSize the largest message that the browser takes, in bytes (RFC 8841 section 6)
 * @param ufrag the ICE user name fragment; another one restarts ICE
 * @param candidates its lines {@code a=candidate:…}, unread
 */
record RemoteOffer(String sdp, String session, int maxMessageSize, String ufrag, List<String> candidates) {

    /** The longest SDP that is taken, in bytes. */
    static final int LONGEST = 32 * 1024;

    /** The largest message that the native library sends, in bytes. */
    static final int LARGEST_MESSAGE = 262_144;

    private static final int DEFAULT_MESSAGE = 65_536;
    private static final String UFRAG = "a=ice-ufrag:";
    private static final String SIZE = "a=max-message-size:";
    private static final Pattern LINE = Pattern.compile("[a-z]=[^\\p{Cntrl}]*");
    private static final Pattern ORIGIN = Pattern.compile("o=\\S+ [0-9]{1,20} [0-9]{1,20} IN IP[46] \\S+");
    private static final Pattern DATA =
            Pattern.compile("m=application [0-9]{1,5} ((UDP|TCP)/)?DTLS/SCTP (webrtc-datachannel|[0-9]{1,5})");

    /**
     * Reads an offer.
     *
     * @throws Rejection {@code TOO_LARGE}, or {@code BAD_BODY} with what is wrong and what to do
     */
    static RemoteOffer parse(String sdp) {
        int size = sdp.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST) {
            throw Rejection.tooLarge("SDP", size, LONGEST);
        }
        List<String> lines = sdp.lines().toList();
        demand(!lines.isEmpty() && lines.getFirst().equals("v=0"), "does not start with the line v=0");
        List<String> kept = new ArrayList<>();
        List<String> candidates = new ArrayList<>();
        for (String line : lines) {
            demand(LINE.matcher(line).matches(), "has a line that is not of the form x=value");
            if (line.startsWith("a=candidate:")) {
                candidates.add(line);
            } else if (!isCandidate(line)) {
                kept.add(line);
            }
        }
        String origin = only(kept, "o=", ORIGIN.asMatchPredicate());
        only(kept, "m=", DATA.asMatchPredicate());
        demand(kept.stream().noneMatch(line -> line.startsWith("a=crypto:")), "has keys in it (a=crypto)");
        for (String needed : List.of(UFRAG, "a=ice-pwd:", "a=fingerprint:")) {
            demand(kept.stream().anyMatch(line -> line.startsWith(needed)), "has no line " + needed + "…");
        }
        String fingerprints = String.join(
                ",",
                kept.stream()
                        .filter(line -> line.startsWith("a=fingerprint:"))
                        .sorted()
                        .toList());
        return new RemoteOffer(
                String.join("\r\n", kept) + "\r\n",
                sessionId(origin) + fingerprints,
                maxMessageSize(kept),
                ufrag(kept),
                List.copyOf(candidates));
    }

    private static String ufrag(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(UFRAG))
                .map(line -> line.substring(UFRAG.length()))
                .reduce("", (session, media) -> media);
    }

    private static boolean isCandidate(String line) {
        String attribute = line.toLowerCase(Locale.ROOT);
        return attribute.startsWith("a=candidate")
                || attribute.startsWith("a=remote-candidates")
                || attribute.startsWith("a=end-of-candidates");
    }

    private static String only(List<String> lines, String start, Predicate<String> valid) {
        List<String> found =
                lines.stream().filter(line -> line.startsWith(start)).toList();
        demand(
                found.size() == 1 && valid.test(found.getFirst()),
                start.equals("m=")
                        ? "is not for data channels alone (one m=application line and no other)"
                        : "has no valid line " + start + "…");
        return found.getFirst();
    }

    private static String sessionId(String origin) {
        return origin.split(" ", -1)[1];
    }

    private static int maxMessageSize(List<String> lines) {
        String value = lines.stream()
                .filter(line -> line.startsWith(SIZE))
                .findFirst()
                .map(line -> line.substring(SIZE.length()).strip())
                .orElse(String.valueOf(DEFAULT_MESSAGE));
        demand(value.matches("[0-9]{1,18}"), "has no number after " + SIZE);
        long bytes = Long.parseLong(value);
        // 0 means that messages of any size are taken.
        return bytes == 0 ? LARGEST_MESSAGE : (int) Math.min(bytes, LARGEST_MESSAGE);
    }

    private static void demand(boolean met, String defect) {
        if (!met) {
            throw Rejection.badBody(
                    "The SDP of the offer %s; send the sdp of localDescription as it is.".formatted(defect));
        }
    }
}
