package dev.peerhost.hosting.rules;

import java.util.List;
import java.util.Set;

/** Finds redirects and rewrites that an earlier one leaves nothing to. */
final class Shadows {

    private static final Set<String> ALL = Set.of("**", "/**", "**/**", "/**/**");

    private Shadows() {}

    static void warn(SiteRules site, SiteWarnings warnings) {
        warn(site.redirects().stream().map(RedirectRule::id).toList(), warnings);
        warn(site.rewrites().stream().map(RewriteRule::id).toList(), warnings);
    }

    private static void warn(List<RuleId> rules, SiteWarnings warnings) {
        for (RuleId rule : rules) {
            for (RuleId earlier : rules.subList(0, rule.index())) {
                if (!rule.source().isEmpty() && hides(earlier, rule)) {
                    warnings.add(
                            rule.line(),
                            "%s[%d] with the source \"%s\" never matches: %s[%d] (line %d, \"%s\") comes first and takes all of"
                                            .formatted(
                                                    rule.kind(),
                                                    rule.index(),
                                                    rule.source(),
                                                    rule.kind(),
                                                    earlier.index(),
                                                    earlier.line(),
                                                    earlier.source())
                                    + " its paths; put it before that one.");
                    break;
                }
            }
        }
    }

    /** Whether all paths of one source are the other's: the same, all there are, or those of a folder below it. */
    private static boolean hides(RuleId first, RuleId second) {
        String earlier = first.source();
        String later = second.source();
        if (first.isRegex()) {
            return second.isRegex() && earlier.equals(later);
        }
        if (ALL.contains(earlier) || (earlier.equals(later) && !second.isRegex())) {
            return true;
        }
        String folder = earlier.endsWith("/**") ? earlier.substring(0, earlier.length() - 2) : "";
        return !folder.isEmpty()
                && !second.isRegex()
                && !later.contains("/.")
                && folder.chars().noneMatch(c -> "*?[]{}()!+@:".indexOf(c) >= 0)
                && later.startsWith(folder)
                && later.length() > folder.length();
    }
}
