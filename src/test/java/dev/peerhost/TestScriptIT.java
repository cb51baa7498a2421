package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/test} reports its stages; the tools that it starts are played, as the real ones run this test. */
class TestScriptIT {
    private static final Duration MOMENT = Duration.ofSeconds(30);

    @TempDir
    Path tree;

    @BeforeEach
    void aTreeThatIsSetUp() throws IOException {
        for (String script : new String[] {"test", "common.sh"}) {
            Path copy = tree.resolve("bin").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(ScriptRun.ROOT.resolve("bin").resolve(script), copy);
            assertThat(copy.toFile().setExecutable(true)).isTrue();
        }
        for (String folder : new String[] {"frontend/lib", "frontend/site", "src/main", "target"}) {
            Files.createDirectories(tree.resolve(folder));
        }
        Files.createFile(tree.resolve("pom.xml"));
        Files.createFile(tree.resolve("application.yml"));
        command("bin/setup", "echo setup \"$@\"");
        command("tools/npm", "echo npm \"$@\"");
        command("tools/mvn", "echo mvn \"$@\"; : >target/peerhost.jar");
    }

    @Test
    void passesWhenAllStagesPass() throws Exception {
        try (ScriptRun run = test()) {
            assertThat(run.awaitExit(MOMENT)).as("%s", run.output()).isZero();
            assertThat(run.output())
                    .containsSubsequence(
                            "setup --tests", "npm run --silent check", "mvn -B -ntp verify", "npm run --silent e2e")
                    .endsWith("4 passed, 0 failed");
        }
    }

    @Test
    void aStageThatFailsIsNamedWithItsToolAndHidesNoOther() throws Exception {
        command("tools/npm", "echo npm \"$@\"; [ \"$3\" != check ]");
        try (ScriptRun run = test()) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output())
                    .anyMatch(line -> line.matches("FAILED {2}frontend \\(\\d+ s\\): npm run check;.*"))
                    .contains("mvn -B -ntp verify")
                    .endsWith("3 passed, 1 failed");
        }
    }

    @Test
    void aBuildThatFailsIsCountedAndTheSummaryStillComes() throws Exception {
        command("tools/mvn", "echo 'Failed to execute goal'; exit 1");
        try (ScriptRun run = test("--nightly")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output())
                    .anyMatch(line -> line.matches("FAILED {2}java .*: mvn verify;.*"))
                    .anyMatch(line -> line.matches("FAILED {2}e2e .*"))
                    .endsWith("2 passed, 2 failed");
        }
    }

    @Test
    void nothingRunsWithoutItsSetUp() throws Exception {
        command("bin/setup", "echo 'Missing for the tests: chromium'; exit 1");
        try (ScriptRun run = test()) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output()).noneMatch(line -> line.startsWith("mvn")).endsWith("0 passed, 1 failed");
        }
    }

    @Test
    void aNameThatNoTestHasFails() throws Exception {
        try (ScriptRun run = test("NoSuchTests")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output()).contains("No Java test class is called NoSuchTests.");
        }
    }

    @Test
    void anUnknownOptionIsRefused() throws Exception {
        try (ScriptRun run = test("--fast")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(2);
            assertThat(run.output()).singleElement().asString().contains("--fast");
        }
    }

    private ScriptRun test(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = tree.resolve("bin/test").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return ScriptRun.start(tree, Map.of("PATH", tree.resolve("tools") + ":" + System.getenv("PATH")), command);
    }

    private void command(String name, String body) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
