package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.browser.Chromium;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.boot.SpringApplication;

/** {@code examples/handler}: an outsider's application, built against what {@code mvn install} installs, and used. */
class ExampleBrowserIT {

    private static final String PLACE = "dev/peerhost/peerhost";
    private static final Set<String> NOT_COPIED = Set.of("target", "node_modules", ".git");
    private static final Duration BUILD = Duration.ofMinutes(4);
    private static final Duration START = Duration.ofMinutes(1);
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>peerhost</artifactId>\\s*<version>(.+?)</version>");
    private static final Map<String, String> JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    @TempDir
    Path folder;

    /** With this build's artifacts where {@code mvn install} would put them. */
    @Test
    void itIsBuiltAndTestedAndABrowserTalksToIt() throws Exception {
        Path repository = repositoryWithoutUs();
        String name = Files.createDirectories(repository.resolve(PLACE).resolve(version())) + "/peerhost-" + version();
        Files.copy(ScriptRun.ROOT.resolve("pom.xml"), Path.of(name + ".pom"));
        // As Spring Boot's plugin leaves them: the plain jar is what it made the executable of.
        Files.copy(ScriptRun.ROOT.resolve("target/peerhost.jar.original"), Path.of(name + ".jar"));
        Files.copy(ScriptRun.ROOT.resolve("target/peerhost-tests.jar"), Path.of(name + "-tests.jar"));

        isBuiltAndTestedAndABrowserTalksToIt(repository);
    }

    /** With a real {@code mvn install} of a copy of the tree. */
    @Test
    @Tag("nightly")
    void soItIsWithWhatMavenHasInstalled() throws Exception {
        Path repository = repositoryWithoutUs();
        Path tree = copy(ScriptRun.ROOT, folder.resolve("tree"));
        try (ScriptRun install = ScriptRun.start(
                tree, JAVA, "mvn", "-B", "-ntp", "-Dmaven.repo.local=" + repository, "-DskipTests", "install")) {
            int exit = install.awaitExit(BUILD);
            assertThat(exit).as(String.join("\n", install.output())).isZero();
        }

        String name = "peerhost-" + version();
        Path installed = repository.resolve(PLACE).resolve(version());
        try (Stream<Path> files = Files.list(installed)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.startsWith("peerhost")))
                    .containsExactlyInAnyOrder(name + ".pom", name + ".jar", name + "-tests.jar");
        }
        assertThat(entries(installed.resolve(name + ".jar")))
                .contains(
                        "dev/peerhost/channel/ChannelHandler.class",
                        "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports")
                .noneMatch(entry -> entry.startsWith("BOOT-INF/"));
        assertThat(entries(installed.resolve(name + "-tests.jar")))
                .filteredOn(entry -> entry.endsWith(".class") && !entry.contains("$"))
                .containsExactlyInAnyOrder(
                        "dev/peerhost/channel/ChannelHandlerContract.class",
                        "dev/peerhost/channel/RecordingChannel.class",
                        "dev/peerhost/room/RecordingPeer.class");
        assertThat(entries(tree.resolve("target/peerhost.jar"))).anyMatch(entry -> entry.startsWith("BOOT-INF/"));
        isBuiltAndTestedAndABrowserTalksToIt(repository);
    }

    private void isBuiltAndTestedAndABrowserTalksToIt(Path ours) throws Exception {
        Path example = copy(ScriptRun.ROOT.resolve("examples/handler"), folder.resolve("handler"));
        String repository = "-Dmaven.repo.local=" + ours;

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

    /** Copies what is in a folder, but for what builds leave there. */
    private static Path copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_COPIED.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }

    /** The machine's own Maven repository, but for Peerhost in it. */
    private Path repositoryWithoutUs() throws Exception {
        Path ours = Files.createDirectories(folder.resolve("repository"));
        link(machinesRepository(), ours, "dev");
        link(machinesRepository().resolve("dev"), ours.resolve("dev"), "peerhost");
        return ours;
    }

    private static String version() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(ScriptRun.ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
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
