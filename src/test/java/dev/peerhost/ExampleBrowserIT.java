package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.browser.Chromium;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.boot.SpringApplication;

/** {@code examples/handler}: an outsider's application, built against what {@code mvn install} would install, and used. */
class ExampleBrowserIT {

    private static final Duration BUILD = Duration.ofMinutes(4);
    private static final Duration START = Duration.ofMinutes(1);
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>peerhost</artifactId>\\s*<version>(.+?)</version>");
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    Path folder;

    @Test
    void itIsBuiltAndTestedAndABrowserTalksToIt() throws Exception {
        Path example = copyOfTheExample();
        String repository = "-Dmaven.repo.local=" + repositoryWithUs();

        try (ScriptRun build = ScriptRun.start(example, JAVA, "mvn", "-B", "-ntp", repository, "package")) {
            int exit = build.awaitExit(BUILD);
            assertThat(exit).as(String.join("\n", build.output())).isZero();
            assertThat(build.output()).anyMatch(line -> line.matches(".*Tests run: [89], Failures: 0.*"));
        }

        int port = freePort();
        String java = System.getProperty("java.home") + "/bin/java";
        try (ScriptRun server =
                ScriptRun.start(example, JAVA, java, "-jar", "target/handler.jar", "--server.port=" + port)) {
            server.awaitLine(line -> line.contains("Started Shout"), START);
            try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
                window.type("text", "hello");
                window.click("send");
                window.awaitText(By.id("log"), "HELLO!");
            }
        }
    }

    private Path copyOfTheExample() throws IOException {
        Path from = ScriptRun.ROOT.resolve("examples/handler");
        Path to = folder.resolve("handler");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.startsWith(from.resolve("target")))
                    .toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** The machine's own Maven repository, but for Peerhost in it: that is this build's. */
    private Path repositoryWithUs() throws Exception {
        Path ours = Files.createDirectories(folder.resolve("repository"));
        link(machinesRepository(), ours, "dev");
        link(machinesRepository().resolve("dev"), ours.resolve("dev"), "peerhost");
        Matcher version = VERSION.matcher(Files.readString(ScriptRun.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        Path place =
                Files.createDirectories(ours.resolve("dev/peerhost/peerhost").resolve(version.group(1)));
        String name = place + "/peerhost-" + version.group(1);
        Files.copy(ScriptRun.ROOT.resolve("pom.xml"), Path.of(name + ".pom"));
        // As Spring Boot's plugin leaves them: the plain jar is what it made the executable of.
        Files.copy(ScriptRun.ROOT.resolve("target/peerhost.jar.original"), Path.of(name + ".jar"));
        Files.copy(ScriptRun.ROOT.resolve("target/peerhost-tests.jar"), Path.of(name + "-tests.jar"));
        return ours;
    }

    /** Where Maven took the libraries from that this test runs on. */
    private static Path machinesRepository() throws Exception {
        Path jar = Path.of(SpringApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return jar.resolve("../../../../../..").normalize();
    }

    private static void link(Path from, Path to, String butFor) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(butFor)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
