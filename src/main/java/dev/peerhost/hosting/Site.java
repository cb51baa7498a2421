package dev.peerhost.hosting;

import dev.peerhost.hosting.pattern.Uris;
import dev.peerhost.hosting.rules.HeaderRule;
import dev.peerhost.hosting.rules.RedirectRule;
import dev.peerhost.hosting.rules.RewriteRule;
import dev.peerhost.hosting.rules.SiteRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files and the rules by which they are served; the built-in site and a user's folder are each one of these.
 *
 * <p>In this order, and the first that applies decides: the path must be well formed; redirects; {@code /__/…} is reserved; a
 * file, or the right spelling of its path; rewrites; the site's own {@code 404.html}.
 */
public final class Site {

    private static final Decision MALFORMED =
            new Decision.Refuse(400, "This path is not well formed, or leads out of the site; check its spelling.");
    private static final Decision MISSING =
            new Decision.Refuse(404, "There is nothing at this address; check its spelling.");
    private final SiteFiles files;
    private final SiteRules rules;
    private final Map<String, String> forwards;
    private final Map<String, String> headers;

    /**
     * A site without rules.
     *
     * @param folders where its files are; the first that has one gives it
     * @param forwards from a path without a file to the path of this server that answers in its stead
     * @param headers sent with all its answers
     */
    public Site(List<Folder> folders, Map<String, String> forwards, Map<String, String> headers) {
        this(folders, SiteRules.NONE, forwards, headers);
    }

    /** A site with the rules of its {@code firebase.json}. */
    Site(List<Folder> folders, SiteRules rules) {
        this(folders, rules, Map.of(), Map.of());
    }

    private Site(List<Folder> folders, SiteRules rules, Map<String, String> forwards, Map<String, String> headers) {
        this.files = new SiteFiles(folders, rules);
        this.rules = rules;
        this.forwards = Map.copyOf(forwards);
        this.headers = Map.copyOf(headers);
    }

    /** The headers that all answers of this site carry. */
    Map<String, String> headers() {
        return headers;
    }

    /** The folders of the disk that it is served from. */
    Set<Path> folders() {
        return files.folders();
    }

    /** Whether a file of the disk is one of its own, or a folder has such. */
    boolean mayServe(Path file) {
        return files.mayServe(file);
    }

    /** Whether its answers depend on who asks in which language. */
    boolean isLocalised() {
        return rules.i18nRoot() != null;
    }

    /** What the answer is, telling a trace of each step. */
    Verdict decide(SiteRequest request, Trace trace) {
        String path = SitePath.parse(request.path());
        if (path == null) {
            trace.step("path", null, true, "is malformed, or leads out of the site");
            return new Verdict(MALFORMED, List.of(), "path");
        }
        Verdict redirect = redirect(request, trace);
        if (redirect != null) {
            return redirect;
        }
        String canonical = SitePath.canonical(request.path());
        List<HeaderRule.Field> fields = new ArrayList<>();
        addHeaders(canonical, fields, trace);
        if (path.startsWith("/__/")) {
            trace.step("reserved", null, true, "starts with /__/");
            return missing(request, fields, trace, "reserved");
        }
        Decision file = files.decide(canonical, request);
        if (file != null) {
            String what =
                    file instanceof Decision.Redirect(int ignored, String location) ? "→ " + location : "is there";
            trace.step("files", null, true, what);
            return new Verdict(file, fields, file instanceof Decision.Redirect ? "spelling" : "file");
        }
        trace.step("files", null, false, "there is none");
        String forward = forwards.get(path);
        if (forward != null) {
            return new Verdict(new Decision.Forward(forward), fields, "built-in");
        }
        Verdict rewrite = rewrite(canonical, fields, trace);
        return rewrite != null ? rewrite : missing(request, fields, trace, "missing");
    }

    private @Nullable Verdict redirect(SiteRequest request, Trace trace) {
        if (rules.redirects().isEmpty()) {
            return null;
        }
        String path = Uris.decode(request.path());
        String query = request.query() == null ? "" : request.query();
        String decoded = Uris.decode(query);
        // What stands behind a second question mark is dropped, as the reference does.
        String first = (decoded == null ? query : decoded).split("\\?", 2)[0];
        for (RedirectRule rule : rules.redirects()) {
            String location = path == null ? null : rule.pattern().apply(path, first);
            trace.step("redirects", rule.id(), location != null, location == null ? "no match" : "→ " + location);
            if (location != null) {
                return new Verdict(
                        new Decision.Redirect(rule.status(), location),
                        List.of(),
                        rule.id().label());
            }
        }
        return null;
    }

    private void addHeaders(String path, List<HeaderRule.Field> fields, Trace trace) {
        for (HeaderRule rule : rules.headers()) {
            boolean matches = rule.pattern().matches(path);
            trace.step("headers", rule.id(), matches, matches ? "adds " + names(rule) : "no match");
            if (matches) {
                fields.addAll(rule.fields());
            }
        }
    }

    private static String names(HeaderRule rule) {
        return String.join(
                ", ", rule.fields().stream().map(HeaderRule.Field::name).toList());
    }

    private @Nullable Verdict rewrite(String path, List<HeaderRule.Field> fields, Trace trace) {
        for (RewriteRule rule : rules.rewrites()) {
            if (!rule.pattern().matches(path)) {
                trace.step("rewrites", rule.id(), false, "no match");
                continue;
            }
            return switch (rule.target()) {
                case RewriteRule.ToService service -> {
                    trace.step("rewrites", rule.id(), true, "→ " + service.kind() + " " + service.name());
                    yield new Verdict(
                            new Decision.Proxy(service), fields, rule.id().label());
                }
                case RewriteRule.ToFile(String destination) -> {
                    Content content = files.plain(destination);
                    trace.step("rewrites", rule.id(), true, "→ " + destination + (content == null ? ", missing" : ""));
                    int status = destination.equals(rules.errorPage()) ? 404 : 200;
                    yield content == null
                            ? null
                            : new Verdict(
                                    new Decision.Serve(content, status),
                                    fields,
                                    rule.id().label());
                }
            };
        }
        return null;
    }

    private Verdict missing(SiteRequest request, List<HeaderRule.Field> fields, Trace trace, String by) {
        List<HeaderRule.Field> all = new ArrayList<>();
        addHeaders(rules.errorPage(), all, trace);
        // Those of the path that was asked for come last, and so win.
        all.addAll(fields);
        Content page = files.localised(rules.errorPage(), request);
        trace.step("missing", null, true, page == null ? "the built-in page" : rules.errorPage());
        return new Verdict(page == null ? MISSING : new Decision.Serve(page, 404), all, by);
    }
}
