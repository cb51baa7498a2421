package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SiteTests {

    @TempDir
    Path temporary;

    private Path folder;
    private Site site;

    @BeforeEach
    void createSite() throws IOException {
        folder = TestSite.create(temporary);
        site = new Site(List.of(Folder.onDisk(folder)), Map.of(), Map.of());
    }

    static List<String> traversals() throws IOException {
        return TestSite.traversals();
    }

    @ParameterizedTest
    @MethodSource("traversals")
    void nothingLeadsOutOfTheFolder(String path) {
        assertThat(decide(site, path))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refusal -> assertThat(refusal.status()).isIn(400, 404));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    /,                    index.html
                    /index.html,          index.html
                    /dir/,                dir/index.html
                    //dir//,              dir/index.html
                    /dir/index.html,      dir/index.html
                    /dir/a%20b.txt,       dir/a b.txt
                    /d%69r/a%20b%2etxt,   dir/a b.txt
                    /%C3%BCber.txt,       über.txt
                    /a;b.txt,             a;b.txt
                    /linkin,              dir/a b.txt
                    /error,               error
                    /webjars/x,           webjars/x
                    /actuator/x,          actuator/x
                    /.well-known/x,       .well-known/x
                    """)
    void filesAreServed(String path, String name) throws IOException {
        assertThat(read(path, 200)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"/dir, /dir/", "//dir, /dir/", "///dir, /dir/", "/d%69r, /d%69r/"})
    void aFolderWithAnIndexGetsItsSlash(String path, String location) {
        assertThat(decide(site, path)).isEqualTo(new Decision.Redirect(301, location));
    }

    @ParameterizedTest
    @CsvSource({"/nope", "/empty", "/empty/", "/nope/", "/dir/nope"})
    void whatIsNotThereIsMissing(String path) {
        assertThat(decide(site, path))
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @Test
    void theSitesOwnPageIsShownForWhatIsMissing() throws IOException {
        TestSite.write(folder.resolve("404.html"), "own page");

        assertThat(read("/nope", 404)).isEqualTo("own page");
        assertThat(read("/.env", 404)).isEqualTo("own page");
        assertThat(read("/404.html", 404)).isEqualTo("own page");
    }

    @Test
    void aRewriteAnswersWhereThereIsNoFile() throws IOException {
        Site rewriting =
                new Site(List.of(Folder.onDisk(folder)), Map.of("/", "/elsewhere", "/virtual", "/elsewhere"), Map.of());

        assertThat(decide(rewriting, "/virtual")).isEqualTo(new Decision.Forward("/elsewhere"));
        assertThat(decide(rewriting, "/")).isInstanceOf(Decision.Serve.class);
        Files.delete(folder.resolve("index.html"));
        assertThat(decide(rewriting, "/")).isEqualTo(new Decision.Forward("/elsewhere"));
    }

    @Test
    void theFirstFolderWithAFileGivesIt() throws IOException {
        Path second = temporary.resolve("second");
        TestSite.write(second.resolve("app.js"), "hidden by the first");
        TestSite.write(second.resolve("more.js"), "more");
        Site both = new Site(List.of(Folder.onDisk(folder), Folder.onDisk(second)), Map.of(), Map.of());

        assertThat(read(both, "/app.js", 200)).isEqualTo("app.js");
        assertThat(read(both, "/more.js", 200)).isEqualTo("more");
    }

    @Test
    void everyChangeOfAFileChangesItsTag() throws IOException {
        Path file = folder.resolve("app.js");
        FileTime time = Files.getLastModifiedTime(file);
        String before = content("/app.js").etag();
        assertThat(content("/app.js").etag()).isEqualTo(before).matches("\"[^\"]+\"");

        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusNanos(1_000)));
        assertThat(content("/app.js").etag()).isNotEqualTo(before);

        // Swapped for another file of the same age and size, as a build does it.
        Path other = Files.writeString(temporary.resolve("other"), "ppa.js");
        Files.setLastModifiedTime(other, time);
        Files.delete(file);
        Path filler = Files.writeString(temporary.resolve("filler"), "takes the place of the one that was deleted");
        Files.move(other, file);
        assertThat(content("/app.js").etag()).isNotEqualTo(before);
        assertThat(filler).exists();
    }

    @Test
    void aFolderThatIsALinkMayBePointedElsewhere() throws IOException {
        Path second = temporary.resolve("second");
        TestSite.write(second.resolve("app.js"), "second");
        Path current = Files.createSymbolicLink(temporary.resolve("current"), folder);
        Site linked = new Site(List.of(Folder.onDisk(current)), Map.of(), Map.of());
        assertThat(read(linked, "/app.js", 200)).isEqualTo("app.js");

        Files.delete(current);
        Files.createSymbolicLink(current, second);

        assertThat(read(linked, "/app.js", 200)).isEqualTo("second");
        assertThat(decide(linked, "/index.html")).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void onlyAFolderThatIsThereCanBeServed() {
        assertThatThrownBy(() -> Folder.onDisk(temporary.resolve("nope")))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("There is no folder " + temporary.resolve("nope"));
        assertThatThrownBy(() -> Folder.onDisk(folder.resolve("app.js")))
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("is a file, not a folder");
    }

    private static Decision decide(Site site, String path) {
        return site.decide(SiteRequest.of(path), Trace.NONE).decision();
    }

    private Content content(String path) {
        return ((Decision.Serve) decide(site, path)).content();
    }

    private String read(String path, int status) throws IOException {
        return read(site, path, status);
    }

    private static String read(Site site, String path, int status) throws IOException {
        Decision.Serve serve = (Decision.Serve) decide(site, path);
        assertThat(serve.status()).isEqualTo(status);
        try (InputStream stream = serve.content().open(0)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
