package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/serve} in a copy of the tree whose path has a space, so that the tree under test is not built over. */
class ServeScriptIT {
    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    static Path temporary;

    static Path tree;
    static Path caller;
    static Path extraPage;

    @BeforeAll
    static void buildACopy() throws Exception {
        tree = temporary.resolve("peer host");
        for (String part : List.of(
                "bin", "pom.xml", "application.yml", "mvnw", ".mvn", "src/main", "frontend/lib", "frontend/site")) {
            copy(ScriptRun.ROOT.resolve(part), tree.resolve(part));
        }
        extraPage = Files.writeString(tree.resolve("frontend/site/extra.html"), "first");
        caller = Files.createDirectories(temporary.resolve("some where"));
        Files.createDirectories(caller.resolve("my site"));
        Files.writeString(caller.resolve("my site/index.html"), "my own page");
        Files.createSymbolicLink(caller.resolve("serve"), Path.of("../peer host/bin/serve"));
        int port = freePort();
        try (ScriptRun first = serve("--server.port=" + port)) {
            awaitServing(first, port, BUILD);
            assertThat(first.output())
                    .anyMatch(line -> line.startsWith("Building Peerhost (the first time"))
                    .contains("Preparing fast starts …");
            assertThat(get(port, "/extra.html").body()).isEqualTo("first");
        }
    }

    @Test
    void servesAFolderNextToTheCallerWithoutBuildingAgainAndEndsOnInterrupt() throws Exception {
        FileTime built = Files.getLastModifiedTime(tree.resolve("target/peerhost.jar"));
        int port = freePort();
        try (ScriptRun second = serve("my site", "--server.port=" + port)) {
            awaitServing(second, port, START);
            assertThat(get(port, "/").body()).isEqualTo("my own page");
            assertThat(healthCheckOfTheDockerfile(port)).isZero();

            second.interrupt();

            assertThat(second.awaitExit(END)).isIn(0, 130, 143);
            assertThat(second.output()).noneMatch(line -> line.startsWith("Building"));
        }
        assertThat(Files.getLastModifiedTime(tree.resolve("target/peerhost.jar")))
                .isEqualTo(built);
        assertThat(healthCheckOfTheDockerfile(port)).isNotZero();
        try (Stream<Path> files = Files.list(caller)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("serve", "my site");
        }
    }

    @Test
    void aCacheIsMadeOnceAndUsedAndOneThatTheJvmRefusesIsMadeAgain() throws Exception {
        assertThat(startAndEnd(true)).noneMatch(line -> line.startsWith("Preparing"));

        Files.writeString(cache(), "of another Java");
        // The server starts without it, and the user hears nothing of what the JVM has to say about it.
        assertThat(startAndEnd(false)).noneMatch(line -> line.startsWith("Preparing") || line.contains("aot"));

        assertThat(startAndEnd(true)).contains("Preparing fast starts …");
        assertThat(startAndEnd(true)).noneMatch(line -> line.startsWith("Preparing"));
    }

    @Test
    void anotherJavaGetsACacheOfItsOwnAndTheServerThatRunsKeepsItsFiles() throws Exception {
        Path before = cache();
        int port = freePort();
        try (ScriptRun running = serve("--server.port=" + freePort());
                ScriptRun other = ScriptRun.start(
                        caller,
                        Map.of("JDK_JAVA_OPTIONS", "-XX:-UseCompressedOops"),
                        "./serve",
                        "--server.port=" + port)) {
            awaitServing(other, port, BUILD);
            assertThat(other.output()).contains("Preparing fast starts …");
            assertThat(other.hasMapped(before)).isFalse();
            running.awaitLine(line -> line.contains("Ctrl-C"), START);
            assertThat(running.hasMapped(before)).isTrue();
        } finally {
            for (Path file : caches()) {
                if (!file.equals(before)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static List<String> startAndEnd(boolean cached) throws Exception {
        int port = freePort();
        try (ScriptRun run = serve("--server.port=" + port)) {
            awaitServing(run, port, BUILD);
            assertThat(run.hasMapped(cache())).isEqualTo(cached);
            run.interrupt();
            run.awaitExit(END);
            return run.output();
        }
    }

    private static Path cache() throws IOException {
        assertThat(caches()).hasSize(1);
        return caches().getFirst();
    }

    private static List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.walk(tree.resolve("target/extracted"), 2)) {
            return files.filter(file -> file.getFileName().toString().matches("cache-[0-9-]+"))
                    .toList();
        }
    }

    @Test
    void anEditAndADeletionAreServed() throws Exception {
        Path edited = Files.writeString(tree.resolve("frontend/site/edited.html"), "edited");
        Files.deleteIfExists(extraPage);
        int port = freePort();
        try (ScriptRun run = serve("--server.port=" + port)) {
            awaitServing(run, port, BUILD);
            assertThat(run.output()).contains("Building Peerhost …");
            assertThat(get(port, "/edited.html").body()).isEqualTo("edited");
            assertThat(get(port, "/extra.html").statusCode()).isEqualTo(404);
        } finally {
            Files.delete(edited);
        }
    }

    @Test
    void aBuildThatFailsServesNothingOld() throws Exception {
        Path broken = Files.writeString(tree.resolve("src/main/java/dev/peerhost/Broken.java"), "class {");
        try (ScriptRun run = serve()) {
            assertThat(run.awaitExit(BUILD)).isEqualTo(1);
            assertThat(run.output()).anyMatch(line -> line.contains("Broken.java"));
            assertThat(run.output().getLast()).isEqualTo("Peerhost was not built: Maven's output above says why.");
        } finally {
            Files.delete(broken);
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                ScriptRun run = serve("--server.port=" + taken.getLocalPort())) {
            assertThat(run.awaitExit(BUILD)).isNotZero();
            assertThat(run.output())
                    .filteredOn(line -> line.contains("Port " + taken.getLocalPort()))
                    .hasSize(1);
        }
    }

    @Test
    void aFolderThatIsNotThereIsOneSentence() throws Exception {
        try (ScriptRun run = serve("no such folder")) {
            assertThat(run.awaitExit(END)).isEqualTo(1);
            assertThat(run.output()).singleElement().asString().contains("no such folder");
        }
    }

    @Test
    void noJdkIsOneSentence() throws Exception {
        Path old = Files.createDirectories(temporary.resolve("jdks/17"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createDirectories(old.resolve("bin"));
        for (String tool : List.of("java", "javac")) {
            Path file = Files.writeString(old.resolve("bin").resolve(tool), "#!/bin/sh\nexit 1\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Map<String, String> environment = Map.of(
                "PEERHOST_JVM_DIRS",
                Objects.requireNonNull(old.getParent()).toString(),
                "JAVA_HOME",
                "",
                "PATH",
                old.resolve("bin") + ":" + System.getenv("PATH"));
        try (ScriptRun run = ScriptRun.start(caller, environment, "./serve")) {
            assertThat(run.awaitExit(END)).isEqualTo(1);
            assertThat(run.output()).singleElement().asString().contains("21 or later", "found only 17.0.15");
        }
    }

    private static ScriptRun serve(String... arguments) throws IOException {
        String[] command =
                Stream.concat(Stream.of("./serve"), Stream.of(arguments)).toArray(String[]::new);
        return ScriptRun.start(caller, Map.of(), command);
    }

    private static void awaitServing(ScriptRun run, int port, Duration atMost) throws Exception {
        run.awaitLine(line -> line.contains("http://localhost:" + port), atMost);
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Runs the container's health check against a server on this machine, as Docker does: by {@code sh}. */
    private int healthCheckOfTheDockerfile(int port) throws Exception {
        String dockerfile =
                Files.readString(ScriptRun.ROOT.resolve("Dockerfile")).replaceAll("\\\\\\R *", "");
        Matcher check = Pattern.compile("(?m)^HEALTHCHECK .*? CMD (.*)$").matcher(dockerfile);
        assertThat(check.find()).isTrue();
        try (ScriptRun run =
                ScriptRun.start(temporary, Map.of("SERVER_PORT", "" + port), "/bin/sh", "-c", check.group(1))) {
            return run.awaitExit(END);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file).toString());
                    Files.createDirectories(target.getParent());
                    if (!Files.isDirectory(file)) {
                        Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
