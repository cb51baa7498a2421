package dev.peerhost.serverpeer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Real offers with a few lines of each made wrong, always the same ones for a seed. */
final class SdpMutations {

    private static final int LONGEST_INSERT = 3000;

    private final List<String> offers;
    private final Random random;

    SdpMutations(List<String> offers, long seed) {
        this.offers = offers;
        this.random = new Random(seed);
    }

    /** The next, with one to three mutations. */
    String next() {
        List<String> lines = new ArrayList<>(lines());
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            mutate(lines);
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private void mutate(List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        int middle = 2 + random.nextInt(Math.max(1, line.length() - 2));
        int cut = Math.min(middle, line.length());
        switch (random.nextInt(9)) {
            case 0 -> lines.remove(random.nextInt(lines.size()));
            case 1 -> lines.add(at, line);
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 3 -> lines.set(at, line.substring(0, cut));
            case 4 -> lines.set(at, line.replaceAll("[0-9]+", String.valueOf(random.nextLong())));
            case 5 ->
                lines.set(at, line.substring(0, cut) + character() + line.substring(Math.min(cut + 1, line.length())));
            case 6 ->
                lines.set(
                        at, line.substring(0, cut) + "x".repeat(random.nextInt(LONGEST_INSERT)) + line.substring(cut));
            case 7 -> lines.add(at, anyLine());
            default -> lines.add(at, "a=" + anyLine().replaceAll("^.=|:.*", "") + ":" + character() + random.nextInt());
        }
        if (lines.isEmpty()) {
            lines.add("v=0");
        }
    }

    /** Mostly a character that the checks let through: what they refuse never gets further. */
    private char character() {
        return (char) (random.nextInt(10) == 0 ? random.nextInt(1, 0x250) : random.nextInt(' ', 0x7f));
    }

    private String anyLine() {
        List<String> other = lines();
        return other.get(random.nextInt(other.size()));
    }

    private List<String> lines() {
        return Arrays.asList(offers.get(random.nextInt(offers.size())).split("\r\n"));
    }
}
