package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.network.IpAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A candidate of a browser's, by the grammar of RFC 8839 section 5.1. What the native library gets to see is printed anew
 * from these parts and never what was sent. Which m-line it belongs to is not read: there is but one.
 *
 * @param foundation what it was derived from, 1 to 32 characters
 * @param component 1 for all of a data channel's connection (RFC 8445 section 2.1)
 * @param transport {@code udp} or another one
 * @param priority 0 to 4,294,967,295
 * @param host where to connect to; an address, or a name, which nobody looks up
 * @param port 0 to 65,535
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param ufrag the ICE user name fragment it belongs to, null when it does not say
 */
public record RemoteCandidate(
        String foundation,
        int component,
        String transport,
        long priority,
        String host,
        int port,
        String type,
        @Nullable String ufrag) {

    private static final String UFRAG = "[A-Za-z0-9+/]{4,256}";
    private static final Pattern LINE = Pattern.compile("(?:a=)?candidate:([A-Za-z0-9+/]{1,32}) ([0-9]{1,3})"
            + " ([A-Za-z0-9-]{1,16}) ([0-9]{1,10}) ([!-~]{1,256}) ([0-9]{1,5}) typ (host|srflx|prflx|relay)"
            + "((?: [!-~]+ [!-~]+)*)");
    private static final Pattern UFRAG_OF_LINE = Pattern.compile(" ufrag (" + UFRAG + ")(?: |$)");

    private static final long HIGHEST_PRIORITY = 0xffff_ffffL;
    private static final int HIGHEST_PORT = 0xffff;
    private static final int LONGEST_LINE = 2048;

    /**
     * Reads a trickled candidate.
     *
     * @throws Rejection {@code BAD_BODY} when it is not of that grammar
     */
    public static RemoteCandidate parse(IceCandidate candidate) {
        RemoteCandidate read = read(candidate.candidate(), candidate.usernameFragment());
        if (read == null) {
            throw Rejection.badBody("This is no ICE candidate; send the event's candidate.toJSON() as it is.");
        }
        return read;
    }

    /**
     * Reads a candidate, with or without {@code a=} before it; null when it is not of that grammar.
     *
     * @param ufrag the ICE user name fragment that it came with, if any; else that of its own extension counts
     */
    static @Nullable RemoteCandidate read(String line, @Nullable String ufrag) {
        Matcher parts = LINE.matcher(line);
        if (line.length() > LONGEST_LINE || !parts.matches()) {
            return null;
        }
        long priority = Long.parseLong(parts.group(4));
        int port = Integer.parseInt(parts.group(6));
        if (priority > HIGHEST_PRIORITY || port > HIGHEST_PORT) {
            return null;
        }
        return new RemoteCandidate(
                parts.group(1),
                Integer.parseInt(parts.group(2)),
                parts.group(3),
                priority,
                parts.group(5),
                port,
                parts.group(7),
                ufrag(ufrag, parts.group(8)));
    }

    /** The address; null for a name, or an unusual spelling of an address. */
    @Nullable
    IpAddress address() {
        return IpAddress.parse(host);
    }

    /** Whether it could be used at all: the one component, by UDP. */
    boolean isUsable() {
        return component == 1 && transport.equalsIgnoreCase("udp") && port > 0;
    }

    /** The same candidate, printed anew for the native library; where it was derived from (raddr) is left out. */
    String print(IpAddress address) {
        return "candidate:%s 1 udp %d %s %d typ %s%s"
                .formatted(foundation, priority, address, port, type, ufrag == null ? "" : " ufrag " + ufrag);
    }

    private static @Nullable String ufrag(@Nullable String announced, String extensions) {
        if (announced != null && announced.matches(UFRAG)) {
            return announced;
        }
        Matcher found = UFRAG_OF_LINE.matcher(extensions);
        return found.find() ? found.group(1) : null;
    }
}
