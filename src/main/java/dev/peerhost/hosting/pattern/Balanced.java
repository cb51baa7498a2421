package dev.peerhost.hosting.pattern;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds which brace closes which. */
final class Balanced {

    private Balanced() {}

    /** Where the first pair of braces that belong together starts and ends, or null. */
    static int @Nullable [] find(String text) {
        int[] closes = new int[text.length()];
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                open.add(i);
            } else if (c == '}' && !open.isEmpty()) {
                closes[open.removeLast()] = i;
            }
        }
        for (int i = 0; i < closes.length; i++) {
            if (closes[i] > 0) {
                return new int[] {i, closes[i]};
            }
        }
        return null;
    }

    /** Splits at the commas that stand in no inner pair. */
    static List<String> split(String body) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(body.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(body.substring(start));
        return parts;
    }

    /** Whether a comma follows and a closing brace after it, so that a brace before may still be no pair's. */
    static boolean hasOptions(String text) {
        int close = text.lastIndexOf('}');
        int comma = close < 0 ? -1 : text.lastIndexOf(',', close);
        return comma >= 0;
    }
}
