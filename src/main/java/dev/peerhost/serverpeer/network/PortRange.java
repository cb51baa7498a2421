package dev.peerhost.serverpeer.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The UDP ports that connections may use, each one for every address of this machine.
 *
 * @param min the first, at least 1,024
 * @param max the last, at most 65,535
 */
public record PortRange(int min, int max) {

    private static final Pattern FORM = Pattern.compile("([0-9]{4,5})-([0-9]{4,5})");
    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65_535;

    /**
     * Reads {@code 50000-50999}.
     *
     * @throws IllegalArgumentException when it is no such range
     */
    public static PortRange of(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            int min = Integer.parseInt(parts.group(1));
            int max = Integer.parseInt(parts.group(2));
            if (LOWEST <= min && min <= max && max <= HIGHEST) {
                return new PortRange(min, max);
            }
        }
        throw new IllegalArgumentException("write the first and the last port, such as 50000-50999, both from %d to %d"
                .formatted(LOWEST, HIGHEST));
    }

    /** How many there are. */
    int size() {
        return max - min + 1;
    }

    @Override
    public String toString() {
        return min + "-" + max;
    }
}
