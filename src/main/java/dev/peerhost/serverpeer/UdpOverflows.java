package dev.peerhost.serverpeer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How many datagrams the system has dropped since the receive buffer of their socket was full: they came faster than some
 * program had its turn to read them. Whoever sent them takes that for a congested network and slows down.
 */
final class UdpOverflows {

    private static final String FIELD = "RcvbufErrors";

    private UdpOverflows() {}

    /**
     * Of all programs in this process's network namespace, IPv4 and IPv6 together (proc_net(5)). NaN where the system does
     * not tell, which is everywhere but on Linux.
     */
    static double count() {
        try {
            return overIpv4(Files.readAllLines(Path.of("/proc/self/net/snmp")))
                    + overIpv6(Files.readAllLines(Path.of("/proc/self/net/snmp6")));
        } catch (IOException elsewhere) {
            return Double.NaN;
        }
    }

    /** A line of names and a line of numbers. */
    private static double overIpv4(List<String> lines) {
        List<List<String>> udp = lines.stream()
                .filter(line -> line.startsWith("Udp: "))
                .map(line -> Arrays.asList(line.split(" ")))
                .toList();
        int column = udp.getFirst().indexOf(FIELD);
        return column < 0 ? Double.NaN : Double.parseDouble(udp.getLast().get(column));
    }

    /** A name and a number a line. */
    private static double overIpv6(List<String> lines) {
        return lines.stream()
                .map(line -> line.split("\\s+"))
                .filter(words -> words[0].equals("Udp6" + FIELD))
                .mapToDouble(words -> Double.parseDouble(words[1]))
                .sum();
    }
}
