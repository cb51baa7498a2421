package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.BadPatternException;
import dev.peerhost.hosting.pattern.Glob;
import dev.peerhost.hosting.pattern.RedirectPattern;
import dev.peerhost.hosting.pattern.Regex;
import dev.peerhost.hosting.pattern.UrlPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the redirects, rewrites and headers of a site. */
final class RuleReader {

    private static final String NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final String VALUE = "[\\t\\x20-\\x7E\\x80-\\xFF]*";

    private final SiteWarnings warnings;

    RuleReader(SiteWarnings warnings) {
        this.warnings = warnings;
    }

    List<RedirectRule> redirects(@Nullable Setting setting) throws UnusableRulesException {
        List<RedirectRule> rules = new ArrayList<>();
        for (Setting rule : elements(setting)) {
            warnings.unknownKeys(rule, Set.of("source", "glob", "regex", "destination", "type"));
            Setting source = source(rule);
            Setting destination = rule.get("destination");
            if (destination == null || destination.text().isEmpty()) {
                throw rule.problem("which has no destination; say where to, or take the rule out");
            }
            Setting type = rule.get("type");
            int status =
                    type == null ? 301 : type.number(300, 399, "which is no status of a redirect; write 301 or 302");
            RuleId id = id("redirects", rules.size(), rule, source);
            if (source != null) {
                RedirectPattern pattern = redirect(source, destination.text());
                rules.add(new RedirectRule(id, pattern, destination.text(), status));
                warnings.missingCaptures(id, pattern.missing());
            } else {
                rules.add(new RedirectRule(id, RedirectPattern.NEVER, destination.text(), status));
            }
        }
        return rules;
    }

    private static RedirectPattern redirect(Setting source, String destination) throws UnusableRulesException {
        try {
            return isRegex(source)
                    ? RedirectPattern.ofRegex(source.text(), destination)
                    : RedirectPattern.ofGlob(Slashes.lead(source.text()), destination);
        } catch (BadPatternException e) {
            throw source.problem("which " + e.getMessage());
        }
    }

    List<RewriteRule> rewrites(@Nullable Setting setting) throws UnusableRulesException {
        List<RewriteRule> rules = new ArrayList<>();
        for (Setting rule : elements(setting)) {
            warnings.unknownKeys(
                    rule, Set.of("source", "glob", "regex", "destination", "function", "run", "dynamicLinks"));
            Setting source = source(rule);
            RuleId id = id("rewrites", rules.size(), rule, source);
            rules.add(new RewriteRule(id, pattern(source, false), target(rule, id)));
        }
        return rules;
    }

    private RewriteRule.Target target(Setting rule, RuleId id) throws UnusableRulesException {
        Setting destination = rule.get("destination");
        if (destination != null) {
            warnings.destination(id, destination.text());
            return new RewriteRule.ToFile(destination.text());
        }
        for (String kind : List.of("function", "run", "dynamicLinks")) {
            Setting service = rule.get(kind);
            if (service != null) {
                return new RewriteRule.ToService(kind, name(kind, service));
            }
        }
        throw rule.problem("which has none of destination, function and run; say what answers");
    }

    private static String name(String kind, Setting service) throws UnusableRulesException {
        if (kind.equals("dynamicLinks")) {
            return Boolean.toString(service.flag());
        }
        if (service.isText()) {
            return service.text();
        }
        String key = kind.equals("run") ? "serviceId" : "functionId";
        Setting name = service.get(key);
        if (name == null) {
            throw service.problem("which has no %s; name what answers".formatted(key));
        }
        return name.text();
    }

    List<HeaderRule> headers(@Nullable Setting setting) throws UnusableRulesException {
        List<HeaderRule> rules = new ArrayList<>();
        for (Setting rule : elements(setting)) {
            warnings.unknownKeys(rule, Set.of("source", "glob", "regex", "headers"));
            Setting source = source(rule);
            List<HeaderRule.Field> fields = new ArrayList<>();
            for (Setting field : elements(rule.get("headers"))) {
                fields.add(field(field));
            }
            RuleId id = id("headers", rules.size(), rule, source);
            rules.add(new HeaderRule(id, pattern(source, rule.get("glob") == null), fields));
        }
        return rules;
    }

    private static HeaderRule.Field field(Setting field) throws UnusableRulesException {
        Setting name = field.get("key");
        Setting value = field.get("value");
        if (name == null || value == null) {
            throw field.problem("which lacks its key or its value; write { \"key\": …, \"value\": … }");
        }
        if (!name.text().matches(NAME)) {
            throw name.problem("which cannot be a header's name; use letters, digits and hyphens");
        }
        if (!value.scalar().matches(VALUE)) {
            throw value.problem("which has a character that no header may have; take it out");
        }
        return new HeaderRule.Field(name.text(), value.scalar());
    }

    /** The glob or expression that says which paths a rule is for; null when there is none. */
    private static @Nullable Setting source(Setting rule) throws UnusableRulesException {
        Setting glob = rule.get("glob") != null ? rule.get("glob") : rule.get("source");
        Setting regex = rule.get("regex");
        if (glob != null && regex != null) {
            throw rule.problem("which has both a glob and a regex; leave one of them");
        }
        Setting source = glob != null ? glob : regex;
        return source == null || source.text().isEmpty() ? null : source;
    }

    private static boolean isRegex(Setting source) {
        return source.key().endsWith(".regex");
    }

    private RuleId id(String kind, int index, Setting rule, @Nullable Setting source) throws UnusableRulesException {
        boolean isRegex = source != null && isRegex(source);
        RuleId id = new RuleId(kind, index, rule.line(), source == null ? "" : source.text(), isRegex);
        warnings.source(id);
        return id;
    }

    private static UrlPattern pattern(@Nullable Setting source, boolean slashed) throws UnusableRulesException {
        if (source == null) {
            return path -> false;
        }
        try {
            if (isRegex(source)) {
                return Regex.parse(source.text());
            }
            return Glob.parse(slashed ? Slashes.lead(source.text()) : source.text());
        } catch (BadPatternException e) {
            throw source.problem("which " + e.getMessage());
        }
    }

    private static List<Setting> elements(@Nullable Setting setting) throws UnusableRulesException {
        return setting == null ? List.of() : setting.list();
    }
}
