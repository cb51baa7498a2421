package dev.peerhost.serverpeer.network;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are somebody else's on the Internet, after the IANA registries of special-purpose addresses. */
public final class PublicAddresses {

    /** This network, private, CGNAT, loopback, link-local, protocol assignments, documentation, 6to4 relays, benchmarks, multicast, reserved. */
    private static final List<AddressRange> SPECIAL_V4 = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4")
            .map(AddressRange::of)
            .toList();

    /** All that is global unicast; mapped, translated (NAT64), local and multicast addresses are elsewhere. */
    private static final AddressRange GLOBAL_V6 = AddressRange.of("2000::/3");

    /** Protocol assignments with Teredo, ORCHID and benchmarks; documentation, twice; 6to4. */
    private static final List<AddressRange> SPECIAL_V6 = Stream.of(
                    "2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16")
            .map(AddressRange::of)
            .toList();

    private PublicAddresses() {}

    /** Whether an address is public and none of this machine's; what embeds an IPv4 address never is. */
    static boolean contains(IpAddress address) {
        boolean v4 = address.bits() == 32;
        return (v4 || GLOBAL_V6.contains(address))
                && (v4 ? SPECIAL_V4 : SPECIAL_V6).stream().noneMatch(range -> range.contains(address))
                && !isOurs(address);
    }

    /** Asked each time, since addresses come and go; when the system does not tell, every address may be ours. */
    private static boolean isOurs(IpAddress address) {
        try (Stream<NetworkInterface> interfaces = NetworkInterface.networkInterfaces()) {
            return interfaces
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    // An IPv6 address of ours may have a zone (RFC 4007 section 11).
                    .map(own -> own.replaceFirst("%.*", ""))
                    .map(IpAddress::parse)
                    .anyMatch(address::equals);
        } catch (SocketException untold) {
            return true;
        }
    }
}
