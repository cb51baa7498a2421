package dev.peerhost.hosting;

import dev.peerhost.hosting.pattern.UrlPattern;
import dev.peerhost.hosting.rules.SiteRules;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of a site: which there are for a path, and which spelling of its path is the right one. */
final class SiteFiles {

    private static final String INDEX = "/index.html";
    private static final String HTML = ".html";

    private final List<Folder> folders;
    private final SiteRules rules;

    SiteFiles(List<Folder> folders, SiteRules rules) {
        this.folders = List.copyOf(folders);
        this.rules = rules;
    }

    /**
     * The file for a path, or the redirect to the path's right spelling.
     *
     * @param path canonical, still encoded
     * @return null when there is no such file
     */
    @Nullable
    Decision decide(String path, SiteRequest request) {
        Content exact = localised(path, request);
        boolean hasSlash = path.endsWith("/");
        String slashed = hasSlash ? path : path + "/";
        if (exact != null) {
            return rules.cleanUrls() && path.endsWith(HTML)
                    ? redirect(cleaned(path), request)
                    : new Decision.Serve(exact, path.equals(rules.errorPage()) ? 404 : 200);
        }
        Boolean slash = rules.trailingSlash();
        Content index = localised(slashed + INDEX.substring(1), request);
        if (index != null) {
            if (!hasSlash && (slash == null ? !rules.cleanUrls() : slash)) {
                return redirect(slashed, request);
            }
            boolean surplus = hasSlash && slash != null && !slash && !path.equals("/");
            return surplus ? redirect(path.substring(0, path.length() - 1), request) : new Decision.Serve(index, 200);
        }
        return rules.cleanUrls() ? page(path, request) : null;
    }

    /** What is served without its {@code .html}. */
    private @Nullable Decision page(String path, SiteRequest request) {
        Boolean slash = rules.trailingSlash();
        boolean hasSlash = path.endsWith("/");
        String bare = hasSlash ? path.substring(0, path.length() - 1) : path;
        String file = !hasSlash || slash != null ? bare + HTML : path;
        Content content = localised(file, request);
        if (content == null) {
            return null;
        }
        if (hasSlash && slash != null && !slash) {
            return redirect(bare, request);
        }
        if (!hasSlash && slash != null && slash) {
            return redirect(without(bare, "/index") + "/", request);
        }
        if (file.endsWith(INDEX)) {
            return redirect(without(file, INDEX), request);
        }
        return new Decision.Serve(content, file.equals(rules.errorPage()) ? 404 : 200);
    }

    private String cleaned(String path) {
        String clean = without(without(path, HTML), "/index");
        Boolean slash = rules.trailingSlash();
        return slash != null && slash && !clean.endsWith("/") ? clean + "/" : clean;
    }

    private static String without(String path, String end) {
        return path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
    }

    private static Decision redirect(String path, SiteRequest request) {
        String location = path + request.search();
        return new Decision.Redirect(301, location.isEmpty() ? "/" : location);
    }

    /** The file in the language of whoever asks, or else as it is; the path is encoded. */
    @Nullable
    Content localised(String path, SiteRequest request) {
        String root = rules.i18nRoot();
        if (root != null) {
            for (String candidate : Languages.paths(root, path, request)) {
                Content content = plain(candidate);
                if (content != null) {
                    return content;
                }
            }
        }
        return plain(path);
    }

    /** The file of that encoded path, or null when there is none that may be served. */
    @Nullable
    Content plain(String encoded) {
        String path = SitePath.file(encoded);
        if (path == null || path.endsWith("/") || Ignored.test(path) || isIgnored(path.substring(1))) {
            return null;
        }
        for (Folder folder : folders) {
            Content content = folder.find(path, this::isIgnored);
            if (content != null) {
                return content;
            }
        }
        return null;
    }

    /** The folders of the disk among those that its files are in. */
    Set<Path> folders() {
        return folders.stream()
                .filter(DiskFolder.class::isInstance)
                .map(folder -> ((DiskFolder) folder).path())
                .collect(Collectors.toSet());
    }

    /** Whether a file of the disk lies in one of them and is not ignored. */
    boolean mayServe(Path file) {
        return folders().stream().filter(file::startsWith).anyMatch(folder -> {
            String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
            return !Ignored.test("/" + path) && !isIgnored(path);
        });
    }

    private boolean isIgnored(String path) {
        for (UrlPattern pattern : rules.ignore()) {
            if (pattern.matches(path)) {
                return true;
            }
        }
        return false;
    }
}
