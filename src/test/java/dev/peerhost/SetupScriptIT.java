package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/setup} on machines that lack things: the machine's package tools are played, so that none is changed. */
@EnabledOnOs(OS.LINUX)
class SetupScriptIT {
    private static final Duration MOMENT = Duration.ofSeconds(20);

    @TempDir
    Path machine;

    Path calls;

    @BeforeEach
    void aMachineWithDebiansPackageTools() throws IOException {
        calls = Files.createFile(machine.resolve("calls"));
        command("apt-get", "echo \"apt-get $*\" >>'" + calls + "'");
        command("sudo", "exit 1");
        command("uname", "echo Linux");
    }

    @Test
    void asksNothingOfAptWhenNothingIsMissing() throws Exception {
        command("dpkg-query", "shift 2; for p in \"$@\"; do printf '%s installed,' \"$p\"; done");
        try (ScriptRun run = setup("--native")) {
            assertThat(run.awaitExit(MOMENT)).isZero();
            assertThat(run.output()).isEmpty();
        }
        assertThat(calls).isEmptyFile();
    }

    @Test
    void installsOnlyWhatIsMissing() throws Exception {
        command("id", "echo 0");
        command("dpkg-query", "printf 'libudev1 installed,libpulse0 config-files,libx11-6 installed,'; exit 1");
        try (ScriptRun run = setup("--native")) {
            assertThat(run.awaitExit(MOMENT)).isZero();
        }
        List<String> apt = Files.readAllLines(calls);
        assertThat(apt).hasSize(2);
        assertThat(apt.getFirst()).isEqualTo("apt-get update");
        assertThat(apt.getLast()).endsWith(" libpulse0 libdbus-1-3 libxfixes3 libxrandr2 libxcomposite1");
    }

    @Test
    void namesWhatIsMissingWhereItMayNotInstall() throws Exception {
        command("id", "echo 1000");
        command("dpkg-query", "exit 1");
        try (ScriptRun run = setup("--native")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output())
                    .singleElement()
                    .asString()
                    .contains("sudo apt-get install libpulse0 libudev1 libdbus-1-3 libx11-6 libxfixes3 libxrandr2");
        }
        assertThat(calls).isEmptyFile();
    }

    @Test
    void saysWhatAptSaidWhenItFails() throws Exception {
        command("id", "echo 0");
        command("dpkg-query", "exit 1");
        command("apt-get", "echo 'E: Unable to locate package'; exit 100");
        try (ScriptRun run = setup("--native")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(1);
            assertThat(run.output()).contains("E: Unable to locate package");
            assertThat(run.output().getLast()).contains("apt could not install libpulse0");
        }
    }

    @Test
    void refusesAnUnknownOption() throws Exception {
        try (ScriptRun run = setup("--everything")) {
            assertThat(run.awaitExit(MOMENT)).isEqualTo(2);
            assertThat(run.output()).singleElement().asString().contains("--everything");
        }
    }

    private ScriptRun setup(String option) throws IOException {
        Map<String, String> environment = Map.of("PATH", machine + ":" + System.getenv("PATH"));
        return ScriptRun.start(
                machine, environment, ScriptRun.ROOT.resolve("bin/setup").toString(), option);
    }

    private void command(String name, String body) throws IOException {
        Path file = Files.writeString(machine.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
