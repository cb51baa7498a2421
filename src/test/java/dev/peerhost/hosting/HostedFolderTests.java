package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HostedFolderTests {

    @TempDir
    Path folder;

    @BeforeEach
    void createFiles() throws IOException {
        TestSite.write(folder.resolve("index.html"), "root");
        TestSite.write(folder.resolve("dist/index.html"), "dist");
        TestSite.write(folder.resolve("dist/secret/key.txt"), TestSite.SECRET);
    }

    @Test
    void withoutAConfigurationTheFolderItselfIsServed() throws IOException {
        assertThat(served(open(), "/dist/")).isEqualTo("dist");
    }

    @Test
    void aChangeCountsAtOnce() throws IOException {
        configure("{\"hosting\": {\"public\": \".\"}}");
        HostedFolder hosted = open();
        assertThat(served(hosted, "/")).isEqualTo("root");

        // Often enough that some change falls within one tick of the disk's clock, and always of the same size.
        for (int i = 10; i < 60; i++) {
            configure("{\"hosting\": {\"public\": \"dist\", \"i\": %d}}".formatted(i));
            assertThat(served(hosted, "/")).isEqualTo("dist");
            configure("{\"hosting\": {\"public\": \"././\", \"i\": %d}}".formatted(i));
            assertThat(served(hosted, "/")).isEqualTo("root");
        }
    }

    @Test
    void aConfigurationThatAppearsCounts() throws IOException {
        HostedFolder hosted = open();
        configure("{\"hosting\": {\"public\": \"dist\"}}");

        assertThat(served(hosted, "/")).isEqualTo("dist");
    }

    @Test
    void aWrongChangeIsSaidAndTheOldRulesStay(CapturedOutput output) throws IOException {
        configure("{\"hosting\": {\"public\": \"dist\"}}");
        HostedFolder hosted = open();

        configure("{\"hosting\": {\n\"public\": \"nope\"}}");
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(output).containsOnlyOnce("firebase.json, line 2: public is \"nope\": There is no folder");
        configure("{\"hosting\": [{\"site\": \"a\"}, {\"site\": \"b\"}]}");
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(output).contains("describes 2 sites now, and 1 before");
        Files.delete(folder.resolve("firebase.json"));
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(output).contains("firebase.json is gone");
        configure("{\"hosting\": {\"public\": \".\"}}");
        assertThat(served(hosted, "/")).isEqualTo("root");
    }

    @Test
    void whatIsIgnoredIsNeverServed() throws IOException {
        configure("{\"hosting\": {\"public\": \"dist\", \"ignore\": [\"secret/**\", \"**/*.map\"]}}");
        TestSite.write(folder.resolve("dist/a.map"), TestSite.SECRET);
        HostedFolder hosted = open();

        assertThat(decide(hosted, "/secret/key.txt")).isInstanceOf(Decision.Refuse.class);
        assertThat(decide(hosted, "/a.map")).isInstanceOf(Decision.Refuse.class);
    }

    @Test
    void aWrongConfigurationDoesNotStart() throws IOException {
        configure("{\"hosting\": {\n\"public\": \"nope\"}}");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageStartingWith("firebase.json, line 2: public is \"nope\": There is no folder");
        configure("{\"hosting\": ");
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableFolderException.class)
                .hasMessageContaining("no JSON");
    }

    private HostedFolder open() {
        return HostedFolder.open(folder);
    }

    private void configure(String json) throws IOException {
        Files.writeString(folder.resolve("firebase.json"), json);
    }

    private static Decision decide(HostedFolder hosted, String path) {
        return hosted.site(0).decide(SiteRequest.of(path), Trace.NONE).decision();
    }

    private static String served(HostedFolder hosted, String path) throws IOException {
        Decision.Serve serve = (Decision.Serve) decide(hosted, path);
        try (InputStream stream = serve.content().open(0)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
