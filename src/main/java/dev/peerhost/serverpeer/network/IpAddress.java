package dev.peerhost.serverpeer.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An IP address. It is read from its literal alone and never looked up: four decimal numbers, or the eight groups of RFC
 * 4291 section 2.2, of which {@code ::} may stand for some. All else that systems take for an address (octal, one number,
 * zones, brackets, an IPv4 end) is none here.
 *
 * @param bits 32 or 128
 * @param value the address as a number of so many bits
 */
public record IpAddress(int bits, BigInteger value) {

    private static final String BYTE = "(0|[1-9][0-9]{0,2})";
    private static final Pattern V4 = Pattern.compile("%1$s\\.%1$s\\.%1$s\\.%1$s".formatted(BYTE));
    private static final Pattern GROUPS = Pattern.compile("[0-9A-Fa-f]{1,4}(:[0-9A-Fa-f]{1,4}){0,7}");
    private static final int GROUPS_OF_V6 = 8;

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException when it is no address
     */
    public static IpAddress of(String literal) {
        IpAddress address = parse(literal);
        if (address == null) {
            throw new IllegalArgumentException(
                    "write an address such as 192.0.2.1 or 2001:db8::1, without a name, a port or a zone");
        }
        return address;
    }

    /** Reads a literal; null when it is none. */
    public static @Nullable IpAddress parse(String literal) {
        Matcher v4 = V4.matcher(literal);
        if (!v4.matches()) {
            return v6(literal);
        }
        List<Integer> bytes = IntStream.rangeClosed(1, 4)
                .mapToObj(number -> Integer.valueOf(v4.group(number)))
                .toList();
        return Collections.max(bytes) > 0xff ? null : new IpAddress(32, number(bytes, 8));
    }

    private static @Nullable IpAddress v6(String literal) {
        int gap = literal.indexOf("::");
        List<Integer> head = groups(gap < 0 ? literal : literal.substring(0, gap), gap < 0);
        List<Integer> tail = gap < 0 ? List.of() : groups(literal.substring(gap + 2), false);
        if (head == null || tail == null) {
            return null;
        }
        int missing = GROUPS_OF_V6 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        List<Integer> groups = new ArrayList<>(head);
        groups.addAll(Collections.nCopies(missing, 0));
        groups.addAll(tail);
        return new IpAddress(128, number(groups, 16));
    }

    private static @Nullable List<Integer> groups(String text, boolean needed) {
        if (text.isEmpty() && !needed) {
            return List.of();
        }
        return GROUPS.matcher(text).matches()
                ? Pattern.compile(":")
                        .splitAsStream(text)
                        .map(group -> Integer.valueOf(group, 16))
                        .toList()
                : null;
    }

    private static BigInteger number(List<Integer> parts, int bitsOfPart) {
        BigInteger number = BigInteger.ZERO;
        for (int part : parts) {
            number = number.shiftLeft(bitsOfPart).or(BigInteger.valueOf(part));
        }
        return number;
    }

    /** Its one spelling: decimal bytes, or eight groups in lower case without {@code ::}. */
    @Override
    public String toString() {
        boolean v4 = bits == 32;
        int bitsOfPart = v4 ? 8 : 16;
        int mask = (1 << bitsOfPart) - 1;
        return IntStream.iterate(bits - bitsOfPart, shift -> shift >= 0, shift -> shift - bitsOfPart)
                .map(shift -> value.shiftRight(shift).intValue() & mask)
                .mapToObj(part -> v4 ? Integer.toString(part) : Integer.toHexString(part))
                .collect(Collectors.joining(v4 ? "." : ":"));
    }
}
