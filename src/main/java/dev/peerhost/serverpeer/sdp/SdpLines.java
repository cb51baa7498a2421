package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The lines of a stranger's SDP (RFC 8866 section 5), bounded before anything else reads them: at most 32 KiB, 512 lines,
 * 2,048 characters a line, and only printable ASCII, which is all that browsers write.
 *
 * @param subject what it is, to begin the sentence of a refusal with
 * @param remedy what to do about a defect, to end that sentence with
 * @param lines without their ends
 */
public record SdpLines(String subject, String remedy, List<String> lines) {

    /** The longest SDP that is taken, in bytes. */
    static final int LONGEST = 32 * 1024;

    private static final int MOST_LINES = 512;
    private static final int LONGEST_LINE = 2048;
    private static final Pattern LINE = Pattern.compile("[a-z]=[^\\p{Cntrl}]*+");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*+");

    /**
     * Splits an SDP at its line ends, CRLF or LF.
     *
     * @throws Rejection {@code TOO_LARGE}, or {@code BAD_BODY} with what is wrong and what to do
     */
    public static SdpLines parse(String subject, String remedy, String text) {
        // A character has at least one byte, so the longest texts are never encoded.
        long size = text.length() > LONGEST ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST) {
            throw Rejection.tooLarge("SDP", size, LONGEST);
        }
        SdpLines sdp = new SdpLines(subject, remedy, text.lines().toList());
        sdp.demand(sdp.lines.size() <= MOST_LINES, "has more than %d lines".formatted(MOST_LINES));
        for (String line : sdp.lines) {
            sdp.demand(line.length() <= LONGEST_LINE, "has a line of more than %,d characters".formatted(LONGEST_LINE));
            sdp.demand(LINE.matcher(line).matches(), "has a line that is not of the form x=value");
            sdp.demand(ASCII.matcher(line).matches(), "has a character that is not ASCII");
        }
        return sdp;
    }

    /** What follows {@code start} in the lines that begin with it, each value once. */
    List<String> values(String start) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .distinct()
                .toList();
    }

    /** The one value of the lines that begin with {@code start}, of which there must be at least one. */
    String one(String start, Predicate<String> valid) {
        List<String> values = values(start);
        demand(!values.isEmpty(), "has no line %s…".formatted(start));
        return agreed(start, values, valid);
    }

    /** The same where the line may be missing; then {@code otherwise}. */
    String oneOr(String otherwise, String start, Predicate<String> valid) {
        List<String> values = values(start);
        return values.isEmpty() ? otherwise : agreed(start, values, valid);
    }

    /** Refuses the SDP for a defect, the middle of a sentence, unless {@code met}. */
    void demand(boolean met, String defect) {
        if (!met) {
            throw Rejection.badBody("%s %s; %s.".formatted(subject, defect, remedy));
        }
    }

    private String agreed(String start, List<String> values, Predicate<String> valid) {
        demand(values.size() == 1, "has lines %s… that contradict each other".formatted(start));
        demand(valid.test(values.getFirst()), "has no valid value after %s".formatted(start));
        return values.getFirst();
    }
}
