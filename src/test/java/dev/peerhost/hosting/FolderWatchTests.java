package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

@Timeout(60)
class FolderWatchTests {

    @TempDir
    Path folder;

    private final Semaphore changes = new Semaphore(0);
    private FolderWatch watch;

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("public/node_modules"));
        Files.writeString(folder.resolve("firebase.json"), """
                {"hosting": {"public": "public", "ignore": ["drafts/**"]}}
                """);
        Files.createDirectories(folder.resolve("public/drafts"));
        watch = new FolderWatch(HostedFolder.open(folder), changes::release);
    }

    @AfterEach
    void stop() throws Exception {
        watch.close();
    }

    private void awaitOne() throws InterruptedException {
        assertThat(changes.tryAcquire(15, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBurstIsOneChange() throws Exception {
        for (int i = 0; i < 200; i++) {
            Files.writeString(folder.resolve("public/" + i + ".css"), "a");
        }
        awaitOne();
        Files.writeString(folder.resolve("public/last.css"), "b");
        awaitOne();
        assertThat(changes.availablePermits()).isLessThan(10);
    }

    @Test
    void whatIsIgnoredIsNoChangeAndAFolderMadeLaterIsWatched() throws Exception {
        Files.writeString(folder.resolve("public/node_modules/a.js"), "a");
        Files.writeString(folder.resolve("public/drafts/a.html"), "a");
        Files.writeString(folder.resolve("public/.swp"), "a");
        Files.writeString(folder.resolve("beside.txt"), "a");
        // The control: it comes behind them and is seen, and they would have been by then.
        Files.createDirectories(folder.resolve("public/later/deep"));
        awaitOne();
        changes.drainPermits();

        Files.writeString(folder.resolve("public/later/deep/a.html"), "a");
        awaitOne();
    }

    @Test
    void rulesAreWatchedTooAndSoIsTheFolderThatTheyName() throws Exception {
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("firebase.json"), """
                {"hosting": {"public": "other"}}
                """);
        awaitOne();
        changes.drainPermits();

        Files.writeString(folder.resolve("other/a.html"), "a");
        awaitOne();
    }

    @Test
    void aFolderThatIsMadeAnewIsWatchedAgain() throws Exception {
        FileSystemUtils.deleteRecursively(folder.resolve("public"));
        awaitOne();
        Files.createDirectories(folder.resolve("public"));
        awaitOne();
        changes.drainPermits();

        Files.writeString(folder.resolve("public/a.html"), "a");
        awaitOne();
    }

    @Test
    void aLinkIsNotFollowed() throws Exception {
        Files.createSymbolicLink(folder.resolve("public/round"), folder.resolve("public"));
        awaitOne();
        changes.drainPermits();

        Files.writeString(folder.resolve("public/a.html"), "a");
        awaitOne();
    }
}
