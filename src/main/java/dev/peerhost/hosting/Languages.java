package dev.peerhost.hosting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the localised forms of a file may be, for the language and country of whoever asks. */
final class Languages {

    private static final int MOST = 16;

    private Languages() {}

    /**
     * The paths in their order: {@code lang_country} of each language, {@code ALL_country}, then {@code lang_ALL} and
     * {@code lang} of each.
     *
     * @param root the folder of the localised files
     */
    static List<String> paths(String root, String path, SiteRequest request) {
        String country = country(request);
        List<String> languages = languages(request);
        List<String> folders = new ArrayList<>();
        if (!country.isEmpty()) {
            languages.forEach(language -> folders.add(language + "_" + country));
            folders.add("ALL_" + country);
        }
        for (String language : languages) {
            folders.add(language + "_ALL");
            folders.add(language);
        }
        return folders.stream()
                .map(folder -> "/" + root + "/" + folder + "/" + path)
                .toList();
    }

    private static String country(SiteRequest request) {
        String override = cookie(request, "firebase-country-override");
        String header = request.header().apply("X-Country-Code");
        return !override.isEmpty() ? override : header == null ? "" : header;
    }

    private static List<String> languages(SiteRequest request) {
        String override = cookie(request, "firebase-language-override");
        if (!override.isEmpty()) {
            return bounded(List.of(override.split(",", -1)));
        }
        String accepted = request.header().apply("Accept-Language");
        Set<String> languages = new LinkedHashSet<>();
        for (String range : accepted == null ? new String[0] : accepted.split(",", -1)) {
            languages.add(range.split("-", 2)[0]);
        }
        languages.remove("");
        return bounded(new ArrayList<>(languages));
    }

    /** Each costs a look at the disk or two. */
    private static List<String> bounded(List<String> languages) {
        return languages.subList(0, Math.min(MOST, languages.size()));
    }

    private static String cookie(SiteRequest request, String name) {
        @Nullable String cookies = request.header().apply("Cookie");
        for (String cookie : cookies == null ? new String[0] : cookies.split(";", -1)) {
            String[] parts = cookie.strip().split("=", -1);
            if (parts[0].equals(name)) {
                return parts.length > 1 ? parts[1] : "";
            }
        }
        return "";
    }
}
