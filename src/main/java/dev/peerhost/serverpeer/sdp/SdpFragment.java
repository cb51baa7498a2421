package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.Rejection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of an SDP that is about ICE, {@code application/trickle-ice-sdpfrag} (RFC 8840 section 9).
 *
 * @param ice the credentials, or null when it has none: then it is about the ICE session that there is
 * @param candidates of that session
 */
public record SdpFragment(@Nullable IceCredentials ice, List<RemoteCandidate> candidates) {

    private static final String CANDIDATE = "a=candidate:";

    /** What of an answer belongs into its fragment. */
    private static final Pattern ABOUT_ICE =
            Pattern.compile("(m=|a=(group|mid|ice-options|ice-ufrag|ice-pwd|candidate):).*");

    /**
     * Reads a fragment with at most one m-line, since there is but one in our connections.
     *
     * @throws Rejection {@code TOO_LARGE}, or {@code BAD_BODY} with what is wrong and what to do
     */
    public static SdpFragment parse(String text) {
        SdpLines sdp =
                SdpLines.parse("The SDP fragment", "send ice-ufrag, ice-pwd and candidates as RFC 8840 has them", text);
        List<String> lines = sdp.lines();
        sdp.demand(
                lines.stream().allMatch(line -> line.startsWith("a=") || line.startsWith("m=")),
                "has a line that begins neither with a= nor with m=");
        sdp.demand(lines.stream().filter(line -> line.startsWith("m=")).count() <= 1, "has more than one m-line");
        boolean session = lines.stream()
                .anyMatch(line -> line.startsWith(IceCredentials.UFRAG) || line.startsWith(IceCredentials.PWD));
        IceCredentials ice = session ? IceCredentials.of(sdp) : null;
        List<String> attributes = sdp.values(CANDIDATE);
        List<RemoteCandidate> candidates = attributes.stream()
                .map(value -> RemoteCandidate.read("candidate:" + value, ice == null ? null : ice.ufrag()))
                .filter(Objects::nonNull)
                .toList();
        sdp.demand(candidates.size() == attributes.size(), "has a candidate that is none");
        return new SdpFragment(ice, candidates);
    }

    /** What an answer of ours says about ICE, as a fragment. */
    public static String of(String answer) {
        return answer.lines()
                .filter(line -> ABOUT_ICE.matcher(line).matches())
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }
}
