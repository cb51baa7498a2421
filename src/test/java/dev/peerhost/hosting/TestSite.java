package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with all that a site may have in it, and a secret beside it. */
final class TestSite {

    /** What stands in every file that nobody may ever read. */
    static final String SECRET = "the-secret";

    private TestSite() {}

    /** Makes the folder {@code site} in an empty one. */
    static Path create(Path parent) throws IOException {
        Path site = Files.createDirectories(parent.resolve("site"));
        Files.writeString(parent.resolve("secret.txt"), SECRET);
        for (String name : List.of(
                "index.html",
                "dir/index.html",
                "dir/a b.txt",
                "empty/nothing.txt",
                "app.js",
                "app.mjs",
                "app.wasm",
                "noextension",
                "LICENSE.unknown",
                "über.txt",
                "a;b.txt",
                "error",
                "webjars/x",
                "actuator/x",
                ".well-known/x")) {
            write(site.resolve(name), name);
        }
        for (String name : List.of(
                ".env",
                ".git/config",
                ".hidden/index.html",
                "dir/.hidden.txt",
                ".well-known/.env",
                "dir/.well-known/x",
                "firebase-debug.log",
                "node_modules/x.js",
                "dir/node_modules/x.js",
                "__/x",
                "__/firebase/init.js",
                "__/peerhost/config.json")) {
            write(site.resolve(name), SECRET);
        }
        write(site.resolve("firebase.json"), "{\"hosting\": {}, \"%s\": true}".formatted(SECRET));
        write(site.resolve("zero.txt"), "");
        Files.createSymbolicLink(site.resolve("linkout"), parent.resolve("secret.txt"));
        Files.createSymbolicLink(site.resolve("linkdir"), parent);
        Files.createSymbolicLink(site.resolve("linkhidden"), Path.of(".env"));
        Files.createSymbolicLink(site.resolve("linkin"), Path.of("dir/a b.txt"));
        return site;
    }

    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** The lines of {@code traversal.txt}. */
    static List<String> traversals() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/dev/peerhost/hosting/traversal.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }
}
