package dev.peerhost.serverpeer.network;

import java.util.function.Predicate;

/**
 * An entry of {@code peerhost.peer.remote-candidates}: which addresses that a browser names may be connected to.
 *
 * @param text as it was configured
 * @param allows whether an address is one of them
 */
public record CandidateRule(String text, Predicate<IpAddress> allows) {

    /**
     * Reads {@code ignore} (none), {@code public}, {@code all} or an {@link AddressRange}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static CandidateRule of(String text) {
        return new CandidateRule(
                text,
                switch (text) {
                    case "ignore" -> address -> false;
                    case "public" -> PublicAddresses::contains;
                    case "all" -> address -> true;
                    default -> range(text)::contains;
                });
    }

    private static AddressRange range(String text) {
        if (!text.contains(".") && !text.contains(":")) {
            throw new IllegalArgumentException(
                    "write ignore, public, all, or ranges of addresses such as 192.0.2.0/24,2001:db8::/32");
        }
        return AddressRange.of(text);
    }
}
