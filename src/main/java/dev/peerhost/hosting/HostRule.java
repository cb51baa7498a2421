package dev.peerhost.hosting;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * Which names this server answers to. A page of another origin can point a name of its own at this server (DNS rebinding)
 * and would then read what it answers; it cannot make a browser send an address, {@code localhost} or a name that its
 * people chose here.
 */
final class HostRule {

    /** What a {@code Host} header is. */
    enum Verdict {
        ALLOWED,
        FOREIGN,
        MALFORMED
    }

    private static final int LONGEST_NAME = 253;

    private final Set<String> allowed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Supplier<Set<String>> machineNames;

    /**
     * A rule.
     *
     * @param allowed further names, without a port
     * @param machineNames those of this machine; asked for once and only when needed, since it can take seconds
     */
    HostRule(Iterable<String> allowed, Supplier<Set<String>> machineNames) {
        allowed.forEach(this.allowed::add);
        this.machineNames = SingletonSupplier.of(machineNames);
    }

    /** Judges a {@code Host} header (RFC 9110, section 7.2), null when there was none. */
    Verdict judge(@Nullable String header) {
        String host = header == null ? null : host(header);
        if (host == null) {
            return Verdict.MALFORMED;
        }
        return isAddress(host) || isLocalhost(host) || allowed.contains(host) || isMachine(host)
                ? Verdict.ALLOWED
                : Verdict.FOREIGN;
    }

    /** The name or address before the port, without the dot that may end it; null when it is malformed. */
    private static @Nullable String host(String header) {
        int bracket = header.lastIndexOf(']');
        int colon = header.indexOf(':', bracket + 1);
        int end = colon < 0 ? header.length() : colon;
        if (!isPort(header, end) || end == 0 || end > LONGEST_NAME) {
            return null;
        }
        if (header.charAt(0) == '[') {
            return bracket == end - 1 && all(header, 1, bracket, "abcdefABCDEF:.") ? header.substring(0, end) : null;
        }
        String name = header.substring(0, header.charAt(end - 1) == '.' ? end - 1 : end);
        return !name.isEmpty() && all(name, 0, name.length(), null) ? name : null;
    }

    private static boolean isPort(String header, int colon) {
        return header.length() - colon <= 6
                && header.substring(colon).chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether a stretch has only digits and the characters given, or those of a domain name for null. */
    private static boolean all(String text, int start, int end, @Nullable String others) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean ok = (c >= '0' && c <= '9')
                    || (others == null
                            ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_'
                            : others.indexOf(c) >= 0);
            if (!ok) {
                return false;
            }
        }
        return true;
    }

    /** An IPv6 address in brackets, or four numbers: no name can be spelled like these. */
    private static boolean isAddress(String host) {
        if (host.charAt(0) == '[') {
            return true;
        }
        int dots = 0;
        int value = -1;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && value >= 0) {
                dots++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value <= 25) {
                value = Math.max(value, 0) * 10 + c - '0';
            } else {
                return false;
            }
            if (value > 255) {
                return false;
            }
        }
        return dots == 3 && value >= 0;
    }

    private static boolean isLocalhost(String host) {
        int start = host.length() - "localhost".length();
        return start >= 0
                && host.regionMatches(true, start, "localhost", 0, "localhost".length())
                && (start == 0 || host.charAt(start - 1) == '.');
    }

    private boolean isMachine(String host) {
        for (String name : machineNames.get()) {
            if (host.equalsIgnoreCase(name) || host.equalsIgnoreCase(name + ".local")) {
                return true;
            }
        }
        return false;
    }
}
