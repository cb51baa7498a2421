package dev.peerhost.serverpeer;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What somebody sends who wants the server to connect where it should not. */
final class HostileCandidates {

    private HostileCandidates() {}

    /** Addresses that are nobody's on the Internet, in their usual spelling. */
    static List<String> forbidden() {
        return List.of(
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.254",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.254",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.254",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.251",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:a00:1",
                "::ffff:7f00:1",
                "::ffff:808:808",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "100::1",
                "2001::1",
                "2001:0:a00:1::f5ff:fffe",
                "2001:2::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd00::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1");
    }

    /** More than forty ways to write an address at which a service could be that is not for strangers. */
    static List<String> spellings() {
        return List.of(
                "0x7f.0.0.1",
                "0x7f000001",
                "0X0A.0x0.0x0.0x1",
                "0177.0.0.1",
                "012.0.0.1",
                "0000012.0.0.1",
                "2130706433",
                "167772161",
                "017700000001",
                "127.1",
                "127.0.1",
                "10.1",
                "10.0.1",
                "0",
                "10.0.0.1.",
                "10.0.0.01",
                "10.0.0.001",
                "10.0.0.256",
                "10.0.0.1:80",
                "10.0.0.1%eth0",
                "10.0.0.1/32",
                "[10.0.0.1]",
                "[::1]",
                "[fd00::1]",
                "::1%lo",
                "fe80::1%eth0",
                "fe80::1%25eth0",
                "fe80::1%1",
                "FE80::1",
                "FD00::1",
                "0:0:0:0:0:0:0:1",
                "0000:0000:0000:0000:0000:0000:0000:0001",
                "::ffff:10.0.0.1",
                "::FFFF:10.0.0.1",
                "::ffff:0a00:0001",
                "0:0:0:0:0:ffff:a00:1",
                "::10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:0a00:0001::",
                "\uff11\uff10.0.0.1",
                "\u0661\u0660.0.0.1",
                "10\u30020\u30020\u30021",
                "\u2469.0.0.1",
                "10\u00ad.0.0.1",
                "10.0.0.1\u0000",
                "localhost",
                "LOCALHOST.",
                "victim.example",
                "victim.example.",
                "10.0.0.1.nip.io",
                "x.local",
                "xn--10-0-0-1",
                "+10.0.0.1",
                "-10.0.0.1",
                " 10.0.0.1",
                "10.0.0.1\t");
    }

    /** A candidate that says it is at an address. */
    static String at(String host, int number) {
        return "candidate:%d 1 udp %d %s %d typ host generation 0"
                .formatted(number, 2_122_260_223L - number, host, 10_000 + number);
    }

    /** At least so many candidates: forbidden addresses, spellings of others, TCP, and whole networks one by one. */
    static List<String> candidates(int count) {
        List<String> hosts = Stream.of(
                        forbidden().stream(),
                        spellings().stream(),
                        IntStream.range(0, count).mapToObj(i -> "10.%d.%d.%d".formatted(9, i / 200, 1 + i % 200)))
                .flatMap(part -> part)
                .limit(count)
                .toList();
        return IntStream.range(0, count)
                .mapToObj(i -> i % 10 == 9 ? overTcp(hosts.get(i), i) : at(hosts.get(i), i))
                .toList();
    }

    private static String overTcp(String host, int number) {
        return "candidate:%d 1 tcp 1518280447 %s %d typ host tcptype passive".formatted(number, host, 10_000 + number);
    }
}
