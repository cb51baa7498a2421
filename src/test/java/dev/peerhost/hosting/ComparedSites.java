package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files that the compared sites have, each with its own name in it. */
final class ComparedSites {

    private static final Pattern SITE = Pattern.compile("\"site\": \"([^\"]+)\"");

    private ComparedSites() {}

    /** Writes the folder with its {@code firebase.json}. */
    static void create(Path folder, String sites) throws IOException {
        Files.writeString(folder.resolve("firebase.json"), "{\"hosting\": " + sites + "}");
        for (String name : List.of(
                "index.html",
                "about.html",
                "404.html",
                "dir/index.html",
                "dir/page.html",
                "nested/deep/index.html",
                "a b.txt",
                "über.txt",
                "a+b.txt",
                "a,b;c=d.txt",
                "it's.txt",
                "app.js",
                "data.json",
                "style.css",
                "picture.svg",
                "notes.md")) {
            TestSite.write(folder.resolve("files").resolve(name), name);
        }
        for (String name : List.of("big.js", "big.svg", "big.png")) {
            TestSite.write(folder.resolve("files").resolve(name), "0123456789".repeat(300));
        }
        TestSite.write(folder.resolve("files/zero.txt"), "");
        for (String name : List.of(
                "index.html",
                "about.html",
                "404.html",
                "dir/index.html",
                "i18n/de/index.html",
                "i18n/de/about.html",
                "i18n/de/404.html",
                "i18n/de/only/index.html",
                "i18n/de_ch/index.html",
                "i18n/ALL_ch/index.html",
                "i18n/ALL_gb/about.html",
                "i18n/en_ALL/index.html",
                "i18n/en/index.html",
                "i18n/en/dir/index.html",
                "i18n/fr/index.html")) {
            TestSite.write(folder.resolve("localised").resolve(name), "localised " + name);
        }
        TestSite.write(folder.resolve("few/index.html"), "few");
        for (String kind : List.of(
                "aac",
                "ai",
                "avif",
                "bin",
                "bmp",
                "csv",
                "dds",
                "eml",
                "flac",
                "glb",
                "heif",
                "ico",
                "ini",
                "jsx",
                "less",
                "m3u8",
                "m4s",
                "m4v",
                "map",
                "mdx",
                "mpd",
                "otf",
                "pdf",
                "php",
                "pkpass",
                "rar",
                "scss",
                "tar",
                "toml",
                "ts",
                "ttml",
                "usdz",
                "vcf",
                "vtt",
                "wasm",
                "wav",
                "webmanifest",
                "woff2",
                "xhtml",
                "yaml",
                "zip")) {
            TestSite.write(folder.resolve("files/kinds/x." + kind), kind);
        }
        for (String name :
                List.of("100%.txt", "semi;colon.html", "hash#tag.txt", "quest?ion.txt", "[x].txt", "e\u0301.txt")) {
            TestSite.write(folder.resolve("files/odd").resolve(name), name);
        }
        makeWholeSeconds(folder);
    }

    /** Node rounds times to milliseconds: a file of a second's last half millisecond would be a second newer there. */
    private static void makeWholeSeconds(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                Instant time = Files.getLastModifiedTime(file).toInstant();
                Files.setLastModifiedTime(file, FileTime.from(time.truncatedTo(ChronoUnit.SECONDS)));
            }
        }
    }

    /** What the sites are called, in their order. */
    static List<String> names(String sites) {
        List<String> names = new ArrayList<>();
        Matcher matcher = SITE.matcher(sites);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
