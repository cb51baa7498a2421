package dev.peerhost.hosting.rules;

import dev.peerhost.hosting.pattern.UrlPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one site of {@code firebase.json} says.
 *
 * @param name its site or target, or empty
 * @param folders where its files are, relative to {@code firebase.json}; the first that has one gives it
 * @param foldersLine where that stands, or 0
 * @param ignore files that are never served, by their path without its leading slash
 * @param cleanUrls whether pages are served without {@code .html}
 * @param trailingSlash whether paths of pages end in a slash; null leaves that to the files
 * @param i18nRoot the folder of localised files, if any
 * @param errorPage the page about what is missing
 */
public record SiteRules(
        String name,
        List<String> folders,
        int foldersLine,
        List<UrlPattern> ignore,
        boolean cleanUrls,
        @Nullable Boolean trailingSlash,
        List<RedirectRule> redirects,
        List<RewriteRule> rewrites,
        List<HeaderRule> headers,
        @Nullable String i18nRoot,
        String errorPage) {

    /** The path of the page about what is missing, unless another one is configured. */
    public static final String DEFAULT_ERROR_PAGE = "/404.html";

    /** A site without rules. */
    public static final SiteRules NONE = new SiteRules(
            "", List.of("."), 0, List.of(), false, null, List.of(), List.of(), List.of(), null, DEFAULT_ERROR_PAGE);

    /** Why a folder of it cannot be served. */
    public UnusableRulesException unusableFolder(String name, String why) {
        return new UnusableRulesException(
                "%s, line %d: public is \"%s\": %s".formatted(FirebaseJson.NAME, foldersLine, name, why));
    }
}
