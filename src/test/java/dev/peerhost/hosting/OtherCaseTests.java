package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.hosting.rules.FirebaseJson;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site on a disk that does not tell upper case from lower: NTFS in a file, which only root on Linux may mount. */
class OtherCaseTests {

    private static final long SIZE = 8 << 20;

    @TempDir
    Path temporary;

    private Path disk;
    private boolean mounted;
    private Site site;

    @BeforeEach
    void mountTheDisk() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name"))
                        && Files.isWritable(Path.of("/dev/fuse"))
                        && Files.isExecutable(Path.of("/usr/bin/lowntfs-3g")),
                "needs root, FUSE and Debian's ntfs-3g");
        Path image = temporary.resolve("disk");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        disk = Files.createDirectory(temporary.resolve("mounted"));
        run("/usr/sbin/mkfs.ntfs", "-q", "-F", image.toString());
        run("lowntfs-3g", "-o", "ignore_case", image.toString(), disk.toString());
        mounted = true;
        for (String name : List.of("page.html", "dir/index.html", "über.html")) {
            TestSite.write(disk.resolve(name), name);
        }
        for (String name : List.of("drafts/x.html", ".env", ".git/config", "node_modules/x.js")) {
            TestSite.write(disk.resolve(name), TestSite.SECRET);
        }
        String rules = "{\"hosting\": {\"ignore\": [\"drafts/**\"]}, \"%s\": true}".formatted(TestSite.SECRET);
        Files.writeString(disk.resolve("firebase.json"), rules);
        site = new Site(
                List.of(Folder.onDisk(disk)),
                FirebaseJson.parse(rules, null).sites().getFirst());
    }

    @AfterEach
    void unmountTheDisk() throws Exception {
        if (mounted) {
            run("umount", disk.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/PAGE.HTML", "/Page.html", "/DIR/", "/Dir/index.html", "/%C3%9Cber.html", "/DRAFTS/x.html",
                        "/drafts/X.HTML",
                "/.ENV", "/.Env", "/.GIT/config", "/.git/CONFIG", "/NODE_MODULES/x.js", "/FIREBASE.JSON",
                        "/Firebase.json"
            })
    void aFileHasItsOwnNameAlone(String path) throws IOException {
        String name = URLDecoder.decode(path.substring(1), StandardCharsets.UTF_8);
        // The control: this disk itself gives the file by the other name, too.
        assertThat(Files.exists(disk.resolve(name))).isTrue();

        assertThat(site.decide(SiteRequest.of(path), Trace.NONE).decision())
                .isInstanceOfSatisfying(
                        Decision.Refuse.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @Test
    void itsOwnNameIsServed() {
        for (String path : List.of("/page.html", "/dir/", "/dir/index.html", "/%C3%BCber.html")) {
            assertThat(site.decide(SiteRequest.of(path), Trace.NONE).decision())
                    .as(path)
                    .isInstanceOf(Decision.Serve.class);
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command[0]).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
