package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The segments of a glob without braces, compared with those of a path. */
final class SegmentMatch {

    /** What stands before the first {@code **}, between two, and behind the last; the first alone when there is none. */
    private final List<List<Segment>> sections = new ArrayList<>();

    private final boolean hidden;

    SegmentMatch(List<Segment> segments, boolean hidden) {
        this.hidden = hidden;
        List<Segment> section = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.equals(Segment.GLOBSTAR)) {
                sections.add(section);
                section = new ArrayList<>();
            } else {
                section.add(segment);
            }
        }
        sections.add(section);
    }

    boolean test(List<String> path) {
        List<Segment> head = sections.getFirst();
        if (sections.size() == 1) {
            // A last slash is let pass: /a/* is for /a/b/ too.
            int more = path.size() - head.size();
            return (more == 0 || (more == 1 && path.getLast().isEmpty())) && fits(head, path, 0);
        }
        List<Segment> tail = sections.getLast();
        if (path.size() < head.size() + tail.size() || !fits(head, path, 0)) {
            return false;
        }
        int end = path.size() - tail.size();
        if (!fits(tail, path, end)) {
            end--;
            if (!path.getLast().isEmpty() || end < head.size() || !fits(tail, path, end)) {
                return false;
            }
        }
        return sections.size() == 2 ? isOpen(path, head.size(), end) : middle(path, head.size(), end);
    }

    /** A single {@code **}: at least one segment or a tail, and nothing hidden. */
    private boolean isOpen(List<String> path, int from, int end) {
        for (int i = from; i < end; i++) {
            if (isHidden(path.get(i))) {
                return false;
            }
        }
        return end < path.size() || from < end;
    }

    /** Several: the sections between them in their order, with nothing hidden in the gaps or behind the last. */
    private boolean middle(List<String> path, int from, int end) {
        BitSet reached = new BitSet();
        reached.set(from);
        for (List<Segment> section : sections.subList(1, sections.size() - 1)) {
            BitSet next = new BitSet();
            boolean open = false;
            for (int i = from; i + section.size() <= end; i++) {
                open |= reached.get(i);
                if (open && fits(section, path, i)) {
                    next.set(i + section.size());
                }
                open &= !isHidden(path.get(i));
            }
            reached = next;
        }
        int firstOpen = path.size();
        while (firstOpen > 0 && !isHidden(path.get(firstOpen - 1))) {
            firstOpen--;
        }
        int last = end < path.size() ? path.size() : path.size() - 1;
        int at = reached.nextSetBit(firstOpen);
        return at >= 0 && at <= last;
    }

    private boolean isHidden(String segment) {
        return !hidden && segment.startsWith(".");
    }

    private static boolean fits(List<Segment> section, List<String> path, int from) {
        if (from + section.size() > path.size()) {
            return false;
        }
        for (int i = 0; i < section.size(); i++) {
            if (!section.get(i).test(path.get(from + i))) {
                return false;
            }
        }
        return true;
    }
}
