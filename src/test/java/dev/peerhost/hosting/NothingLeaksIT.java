package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What is hidden or outside stays so, however it is asked for, over HTTP/1.1 and over HTTP/2 without TLS. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.peer.enabled=false")
class NothingLeaksIT {

    private static final List<String> HIDDEN = List.of(
            "/.env",
            "/.git/config",
            "/.hidden/index.html",
            "/dir/.hidden.txt",
            "/.well-known/.env",
            "/dir/.well-known/x",
            "/firebase.json",
            "/firebase-debug.log",
            "/node_modules/x.js",
            "/dir/node_modules/x.js",
            "/linkout",
            "/linkdir/secret.txt",
            "/linkhidden");

    /** Sends paths as they are, where the JDK's client would refuse some. */
    private static final List<String> CURL = List.of(
            "curl",
            "--silent",
            "--path-as-is",
            "--globoff",
            "--http2-prior-knowledge",
            "--write-out",
            "\\n%{http_code} %{http_version}\\n",
            "--max-time",
            "60");

    @TempDir
    static Path temporary;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void createSite(DynamicPropertyRegistry registry) throws IOException {
        Path folder = TestSite.create(temporary);
        registry.add("peerhost.hosting.dir", folder::toString);
    }

    /** The same file, spelled otherwise. */
    private static List<String> spellings(String path) {
        int last = path.lastIndexOf('/') + 1;
        String name = path.substring(last);
        String folder = path.substring(0, last);
        String first = "%%%02X".formatted((int) name.charAt(0));
        return List.of(
                path,
                path + "/",
                path + ".",
                path + "%20",
                path + "%00",
                path + ";x=1",
                path + "::$DATA",
                path + "?x=1",
                "/" + path,
                path.replace(".", "%2e"),
                folder + first + name.substring(1),
                folder + first.toLowerCase(Locale.ROOT) + name.substring(1),
                path.toUpperCase(Locale.ROOT),
                folder + "./" + name,
                folder + "x/../" + name,
                path.replace("/", "/%2f"));
    }

    private static List<String> targets() throws IOException {
        return Stream.concat(HIDDEN.stream().flatMap(path -> spellings(path).stream()), TestSite.traversals().stream())
                .toList();
    }

    @Test
    void overHttp1() throws IOException {
        List<String> targets = targets();
        assertThat(targets).hasSizeGreaterThanOrEqualTo(120 + 133);
        for (String target : targets) {
            RawHttp.Answer answer = new RawHttp(port).get(target);
            assertThat(answer.status()).as(target).isIn(400, 404);
            assertTellsNothing(target, answer.text());
        }
    }

    @Test
    void overHttp2() throws Exception {
        List<String> targets = targets().stream()
                // What no line of curl's configuration can hold.
                .filter(target -> target.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '"' && c != '\\'))
                .toList();
        assertThat(targets).hasSizeGreaterThanOrEqualTo(300);
        for (String target : targets) {
            // Each on a connection of its own: the container closes one on which it answered 400.
            List<String> lines = curl(target);
            assertThat(lines.getLast()).as(target).isIn("400 2", "404 2");
            assertTellsNothing(target, String.join("\n", lines));
        }
        // The control: what is there is served to the very same client.
        assertThat(curl("/app.js")).containsExactly("app.js", "200 2");
    }

    private List<String> curl(String target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(CURL);
        command.add("http://localhost:" + port + target);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    private static void assertTellsNothing(String target, String text) {
        assertThat(text)
                .as(target)
                .doesNotContain(TestSite.SECRET, "root:", "Exception", "org.apache", "at dev.", temporary.toString());
    }
}
