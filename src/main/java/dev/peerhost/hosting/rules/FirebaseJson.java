package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.BadPatternException;
import dev.peerhost.hosting.pattern.Glob;
import dev.peerhost.hosting.pattern.UrlPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sites of a {@code firebase.json}.
 *
 * @param sites in their order, at least one
 * @param warnings sentences about what is hardly meant as it stands there
 */
public record FirebaseJson(List<SiteRules> sites, List<String> warnings) {

    /** Its name. */
    public static final String NAME = "firebase.json";

    private static final Set<String> SITE_KEYS = Set.of(
            "public",
            "ignore",
            "cleanUrls",
            "trailingSlash",
            "redirects",
            "rewrites",
            "headers",
            "i18n",
            "errorPage",
            "site",
            "target",
            "source",
            "predeploy",
            "postdeploy",
            "appAssociation",
            "frameworksBackend",
            "$schema");

    /**
     * Reads it.
     *
     * @param text the file, or null when there is none
     * @param targets the text of {@code .firebaserc}, or null when there is none
     */
    public static FirebaseJson parse(@Nullable String text, @Nullable String targets) throws UnusableRulesException {
        if (text == null) {
            return new FirebaseJson(List.of(SiteRules.NONE), List.of());
        }
        SiteWarnings warnings = new SiteWarnings(NAME);
        Setting whole = SettingReader.read(NAME, text, warnings.sentences()::add);
        Setting hosting = whole.get("hosting");
        if (hosting == null) {
            warnings.add(whole.line(), "there is no hosting in it, so the whole folder is served without rules.");
            return new FirebaseJson(List.of(SiteRules.NONE), warnings.sentences());
        }
        if (hosting.isList() && hosting.list().isEmpty()) {
            throw hosting.problem("which has no site in it; describe one");
        }
        Firebaserc names = Firebaserc.parse(targets, warnings.sentences()::add);
        List<SiteRules> sites = new ArrayList<>();
        for (Setting site : hosting.isList() ? hosting.list() : List.of(hosting)) {
            sites.add(site(site, names, warnings));
        }
        return new FirebaseJson(List.copyOf(sites), List.copyOf(warnings.sentences()));
    }

    /** Why a file cannot be used that is there, but cannot be read. */
    public static UnusableRulesException unreadable(String file) {
        return new UnusableRulesException(
                "%s, line 1: it cannot be read as UTF-8; change its permissions or its encoding.".formatted(file));
    }

    private static SiteRules site(Setting site, Firebaserc names, SiteWarnings warnings) throws UnusableRulesException {
        warnings.unknownKeys(site, SITE_KEYS);
        RuleReader rules = new RuleReader(warnings);
        Setting folders = site.get("public");
        Setting trailingSlash = site.get("trailingSlash");
        Setting cleanUrls = site.get("cleanUrls");
        Setting errorPage = site.get("errorPage");
        SiteRules read = new SiteRules(
                name(site, names, warnings),
                folders == null ? List.of(".") : texts(folders),
                folders == null ? 0 : folders.line(),
                ignore(site.get("ignore")),
                cleanUrls != null && cleanUrls.flag(),
                trailingSlash == null ? null : trailingSlash.flag(),
                rules.redirects(site.get("redirects")),
                rules.rewrites(site.get("rewrites")),
                rules.headers(site.get("headers")),
                i18nRoot(site.get("i18n")),
                errorPage == null ? SiteRules.DEFAULT_ERROR_PAGE : errorPage.text());
        Shadows.warn(read, warnings);
        return read;
    }

    private static String name(Setting site, Firebaserc names, SiteWarnings warnings) throws UnusableRulesException {
        Setting own = site.get("site");
        Setting target = site.get("target");
        if (own != null && target != null) {
            throw site.problem("which has both a site and a target; leave one of them");
        }
        if (target == null) {
            return own == null ? "" : own.text();
        }
        String linked = names.site(target.text());
        if (linked == null) {
            warnings.add(
                    target.line(),
                    "the target %s is linked to no site in .firebaserc; it is served all the same."
                            .formatted(target.text()));
            return target.text();
        }
        return linked;
    }

    private static List<UrlPattern> ignore(@Nullable Setting setting) throws UnusableRulesException {
        List<UrlPattern> globs = new ArrayList<>();
        for (Setting glob : setting == null ? List.<Setting>of() : setting.list()) {
            try {
                globs.add(Glob.parseWithHidden(glob.text()));
            } catch (BadPatternException e) {
                throw glob.problem("which " + e.getMessage());
            }
        }
        return List.copyOf(globs);
    }

    private static @Nullable String i18nRoot(@Nullable Setting i18n) throws UnusableRulesException {
        Setting root = i18n == null ? null : i18n.get("root");
        if (i18n != null && root == null) {
            throw i18n.problem("which has no root; name the folder of the localised files");
        }
        return root == null || root.text().isEmpty() ? null : root.text();
    }

    private static List<String> texts(Setting setting) throws UnusableRulesException {
        if (setting.isText()) {
            return List.of(setting.text());
        }
        List<String> texts = new ArrayList<>();
        for (Setting element : setting.list()) {
            texts.add(element.text());
        }
        if (texts.isEmpty()) {
            throw setting.problem("which names no folder; name one");
        }
        return texts;
    }
}
