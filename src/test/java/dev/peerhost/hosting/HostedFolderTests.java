package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostedFolderTests {

    private static final Logger LOG = Logger.getLogger(HostedFolder.class.getName());

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();

    /** Its own, since the console's handler keeps the stream that the first test class of the process gave it. */
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            said.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

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
    void aWrongChangeIsSaidAndTheOldRulesStay() throws IOException {
        configure("{\"hosting\": {\"public\": \"dist\"}}");
        HostedFolder hosted = open();

        configure("{\"hosting\": {\n\"public\": \"nope\"}}");
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(String.join("\n", said))
                .containsOnlyOnce("firebase.json, line 2: public is \"nope\": There is no folder");
        configure("{\"hosting\": [{\"site\": \"a\"}, {\"site\": \"b\"}]}");
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(String.join("\n", said)).contains("describes 2 sites now, and 1 before");
        Files.delete(folder.resolve("firebase.json"));
        assertThat(served(hosted, "/")).isEqualTo("dist");
        assertThat(String.join("\n", said)).contains("firebase.json is gone");
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
