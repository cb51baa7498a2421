package dev.peerhost.serverpeer.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one address: IPv6 by the /64 that one customer has at least (RFC 6177 section 2). */
public final class ClientNetwork {

    private static final int PREFIX_BYTES = 8;

    private ClientNetwork() {}

    /**
     * The same for all addresses that count as one.
     *
     * @param address as the servlet container spells it, an IPv4 or IPv6 address with or without a zone
     */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // With a colon in it it is never looked up.
            InetAddress parsed = InetAddress.getByName(address.split("%", 2)[0]);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), PREFIX_BYTES)) + "/64"
                    : parsed.getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return address;
        }
    }
}
