package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.browser.Chromium;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/**
 * Does what the README says, from top to bottom: each fenced block but {@code bin/test}, which runs this. Java and XML
 * stand in the example, word for word; a page is saved where the text says; a command that serves is asked for its first page and then stopped.
 */
class ReadmeTests {

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern PAGE_NAME = Pattern.compile("<!-- (\\S+) -->");
    private static final Pattern PORT = Pattern.compile("--port[ =](\\d+)");
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @BeforeEach
    void standAtTheTopOfATree() throws IOException {
        Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/serve"), ScriptRun.ROOT.resolve("bin/serve"));
        Files.createSymbolicLink(folder.resolve("target"), ScriptRun.ROOT.resolve("target"));
    }

    @Test
    void everyFencedBlockWorks() throws Exception {
        String readme = Files.readString(ScriptRun.ROOT.resolve("README.md"));
        List<MatchResult> blocks = FENCE.matcher(readme).results().toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(4);
        int served = 0;
        for (MatchResult block : blocks) {
            String content = block.group(2);
            switch (block.group(1)) {
                case "html" -> savePage(content);
                case "sh" -> {
                    for (String line : content.lines().toList()) {
                        if (!line.startsWith("bin/test")) {
                            serve(line.replaceAll(" +#.*", ""));
                            served++;
                        }
                    }
                }
                case "java" -> assertThatTheExampleHas("src/main/java/example/Shout.java", content);
                case "xml" -> assertThatTheExampleHas("pom.xml", content);
                default -> throw new AssertionError("No rule for a block of " + block.group(1));
            }
        }
        assertThat(served).isGreaterThanOrEqualTo(3);
    }

    /** ExampleBrowserIT builds and runs it. */
    private static void assertThatTheExampleHas(String file, String content) throws IOException {
        assertThat(Files.readString(ScriptRun.ROOT.resolve("examples/handler").resolve(file)))
                .contains(content);
    }

    /** A page names its file in its first comment. */
    private void savePage(String page) throws IOException {
        var name = PAGE_NAME.matcher(page);
        assertThat(name.find()).as("the page's first comment names its file").isTrue();
        Path file = folder.resolve(name.group(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, page);
    }

    private void serve(String command) throws Exception {
        var given = PORT.matcher(command);
        int port = given.find() ? Integer.parseInt(given.group(1)) : freePort();
        Map<String, String> environment = Map.of(
                "SERVER_PORT",
                Integer.toString(port),
                "PATH",
                System.getProperty("java.home") + "/bin:" + System.getenv("PATH"));
        try (ScriptRun run = ScriptRun.start(folder, environment, "sh", "-c", "exec " + command)) {
            String local = "http://localhost:" + port + "/";
            run.awaitLine(line -> line.contains(local), START);
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(local)).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(command).isEqualTo(200);
            if (command.contains("my-pages")) {
                assertThatThePageWorks(local);
            }
            run.interrupt();
            assertThat(run.awaitExit(END)).as(command).isIn(0, 130, 143);
        }
    }

    private static void assertThatThePageWorks(String url) throws Exception {
        try (Chromium ada = Chromium.open(url);
                Chromium bob = Chromium.open(url)) {
            ada.awaitText(By.id("log"), "hello from the server");
            bob.awaitText(By.id("log"), "hello from the server");
            ada.awaitText(By.id("log"), "hello from Ada");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
