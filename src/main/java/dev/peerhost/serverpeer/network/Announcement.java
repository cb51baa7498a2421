package dev.peerhost.serverpeer.network;

import dev.peerhost.room.IceCandidate;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How browsers are told our addresses. The native library opens sockets on every address of the machine and tells them
 * all; behind a 1:1 NAT it does not know the one that browsers reach.
 *
 * @param addresses which of our own addresses browsers are told; empty for all
 * @param publicAddress what they are told in place of our own addresses of that IP version, or null
 */
public record Announcement(
        List<AddressRange> addresses, @Nullable IpAddress publicAddress) {

    private static final Pattern HOST =
            Pattern.compile("((?:a=)?candidate:\\S+ [0-9]+ \\S+ [0-9]+ )(\\S+)( [0-9]+ typ host.*)");
    private static final Pattern RELATED = Pattern.compile(" raddr \\S+ rport [0-9]+");

    /** Keeps a copy of the list. */
    public Announcement {
        addresses = List.copyOf(addresses);
    }

    /** A candidate as browsers are told it, or null when they are not. */
    @Nullable
    public IceCandidate of(IceCandidate candidate) {
        String line = line(candidate.candidate());
        return line == null
                ? null
                : new IceCandidate(line, candidate.sdpMid(), candidate.sdpMLineIndex(), candidate.usernameFragment());
    }

    /** The same for all candidates in an SDP, whose default destination (RFC 8839 section 4.2.1.2) is then none. */
    public String of(String sdp) {
        return changesNothing()
                ? sdp
                : sdp.lines()
                        .map(this::sdpLine)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private boolean changesNothing() {
        return addresses.isEmpty() && publicAddress == null;
    }

    private @Nullable String sdpLine(String line) {
        if (line.startsWith("a=candidate:")) {
            return line(line);
        }
        // As in an answer before any candidate (RFC 8840 section 4.1.1): our own address may not be told.
        return line.startsWith("c=IN ")
                ? "c=IN IP4 0.0.0.0"
                : line.replaceFirst("^m=application [0-9]+ ", "m=application 9 ");
    }

    private @Nullable String line(String candidate) {
        if (changesNothing()) {
            return candidate;
        }
        Matcher host = HOST.matcher(candidate);
        if (!host.matches()) {
            // Reflexive and relayed: the address is a server's view of us, and only where it comes from is our own.
            return RELATED.matcher(candidate).replaceFirst(" raddr 0.0.0.0 rport 0");
        }
        IpAddress own = IpAddress.parse(host.group(2));
        if (own == null || (!addresses.isEmpty() && addresses.stream().noneMatch(range -> range.contains(own)))) {
            return null;
        }
        IpAddress told = publicAddress != null && publicAddress.bits() == own.bits() ? publicAddress : own;
        return host.group(1) + told + host.group(3);
    }
}
