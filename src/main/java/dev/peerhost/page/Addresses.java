package dev.peerhost.page;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses at which the public port can be opened, as URLs that end in a slash. */
final class Addresses {

    private final String scheme;
    private final int port;
    private final @Nullable InetAddress only;

    /**
     * The addresses of a port.
     *
     * @param scheme {@code http} or {@code https}
     * @param only the one address that it is bound to, or null for all of them
     */
    Addresses(String scheme, int port, @Nullable InetAddress only) {
        this.scheme = scheme;
        this.port = port;
        this.only = only == null || only.isAnyLocalAddress() ? null : only;
    }

    /** Whether pages of other machines' visitors are a secure context. */
    boolean isSecure() {
        return scheme.equals("https");
    }

    /** Whether other machines can reach it at whatever address this one has. */
    boolean isEveryInterface() {
        return only == null;
    }

    /** For this machine itself. */
    String local() {
        return only == null || only.isLoopbackAddress() ? url("localhost") : url(only);
    }

    /** For this machine itself, at another port of this server. */
    String local(int otherPort) {
        return new Addresses(scheme, otherPort, only).local();
    }

    /** For other machines, IPv4 first; empty without a network. */
    List<String> lan() throws SocketException {
        if (only != null) {
            return only.isLoopbackAddress() ? List.of() : List.of(url(only));
        }
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface network : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
            if (network.isUp() && !network.isLoopback()) {
                reachable(network).forEach(found::add);
            }
        }
        found.sort(Comparator.comparing(Inet6Address.class::isInstance));
        return found.stream().map(this::url).toList();
    }

    private static Stream<InetAddress> reachable(NetworkInterface network) {
        return network.inetAddresses().filter(address -> !address.isLinkLocalAddress());
    }

    private String url(InetAddress address) {
        return url(address instanceof Inet6Address ip ? "[" + shortened(ip) + "]" : address.getHostAddress());
    }

    /** As RFC 5952 wants it: the longest run of zero groups, if it has two or more, becomes two colons. */
    private static String shortened(Inet6Address address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String full = ":" + (zone < 0 ? text : text.substring(0, zone)) + ":";
        for (int zeros = 8; zeros >= 2; zeros--) {
            String run = ":0".repeat(zeros) + ":";
            int at = full.indexOf(run);
            if (at >= 0) {
                String left = full.substring(Math.min(at, 1), at);
                String right = full.substring(at + run.length(), Math.max(at + run.length(), full.length() - 1));
                return left + "::" + right;
            }
        }
        return full.substring(1, full.length() - 1);
    }

    private String url(String host) {
        boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
        return scheme + "://" + host + (isDefault ? "" : ":" + port) + "/";
    }
}
