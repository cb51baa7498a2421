package dev.peerhost.serverpeer.network;

/**
 * All addresses that begin with the same bits (RFC 4632 section 3.1, RFC 4291 section 2.3).
 *
 * @param first the lowest of them
 * @param prefix how many bits they share
 */
public record AddressRange(IpAddress first, int prefix) {

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or one address.
     *
     * @throws IllegalArgumentException when it is none of these, or bits behind the prefix are set
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        IpAddress first = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (first == null || (slash >= 0 && !length.matches("0|[1-9][0-9]{0,2}"))) {
            throw new IllegalArgumentException(
                    "write an address or a range of addresses, such as 192.0.2.0/24 or 2001:db8::/32");
        }
        int prefix = slash < 0 ? first.bits() : Integer.parseInt(length);
        if (prefix > first.bits()) {
            throw new IllegalArgumentException("an address of that kind has %d bits".formatted(first.bits()));
        }
        int others = first.bits() - prefix;
        if (!first.value().shiftRight(others).shiftLeft(others).equals(first.value())) {
            throw new IllegalArgumentException("the bits behind the first %d are not all 0".formatted(prefix));
        }
        return new AddressRange(first, prefix);
    }

    public boolean contains(IpAddress address) {
        int others = first.bits() - prefix;
        return address.bits() == first.bits()
                && address.value().shiftRight(others).equals(first.value().shiftRight(others));
    }
}
