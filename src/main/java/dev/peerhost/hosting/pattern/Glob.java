package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob as minimatch 6 reads it: {@code *} and {@code ?} within a segment, {@code **} for segments, {@code [a-z]},
 * {@code {a,b}}, {@code @(a|b) ?(a) *(a) +(a) !(a)}, and {@code !} before it all for the opposite. What starts with a dot is
 * matched only by what starts with a dot.
 */
public final class Glob implements UrlPattern {

    private static final int LONGEST = 2_000;
    private static final int HEAVIEST = 1_000;

    private final boolean negated;
    private final boolean comment;
    private final List<SegmentMatch> alternatives = new ArrayList<>();

    private Glob(boolean negated, boolean comment) {
        this.negated = negated;
        this.comment = comment;
    }

    /**
     * Compiles a glob.
     *
     * @throws BadPatternException when it is too long, or stands for too much
     */
    public static Glob parse(String source) throws BadPatternException {
        return parse(source, false);
    }

    /** The same, except that {@code *} and {@code **} are for hidden names, too. */
    public static Glob parseWithHidden(String source) throws BadPatternException {
        return parse(source, true);
    }

    private static Glob parse(String source, boolean hidden) throws BadPatternException {
        if (source.length() > LONGEST) {
            throw new BadPatternException("is longer than %d characters; make several rules of it".formatted(LONGEST));
        }
        int marks = 0;
        while (marks < source.length() && source.charAt(marks) == '!') {
            marks++;
        }
        Glob glob = new Glob(marks % 2 == 1, source.startsWith("#"));
        int[] weight = {0};
        for (String pattern : Braces.expand(source.substring(marks))) {
            List<Segment> segments = new ArrayList<>();
            for (String part : GlobParts.of(pattern)) {
                segments.add(Segment.parse(part, hidden, weight));
            }
            glob.alternatives.add(new SegmentMatch(segments, hidden));
            if (weight[0] > HEAVIEST) {
                throw new BadPatternException("is too large; make several rules of it");
            }
        }
        return glob;
    }

    @Override
    public boolean matches(String path) {
        if (comment) {
            return false;
        }
        List<String> segments = GlobParts.split(path);
        for (SegmentMatch alternative : alternatives) {
            if (alternative.test(segments)) {
                return !negated;
            }
        }
        return negated;
    }
}
