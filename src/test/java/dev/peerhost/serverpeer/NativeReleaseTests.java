package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.serverpeer.NativeRelease.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whether a visitor who has gone costs nothing any more. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class NativeReleaseTests {

    private static final int WARM_UP = 200;

    /** What a few hundred visits may cost each, with the noise of a young process in it; unreleased ones cost 67. */
    private static final double SOME_KIB = 24;

    private static final double KIB = 4;

    @TempDir
    private Path folder;

    @Test
    void itIsOnWithTheVersionThatNeedsItAlone() {
        assertThat(NativeRelease.choose(Mode.AUTO).isOn()).isTrue();
        assertThat(NativeRelease.choose(Mode.AUTO, "0.14.0").isOn()).isTrue();
        assertThat(NativeRelease.choose(Mode.AUTO, "0.14.1").isOn()).isFalse();
        assertThat(NativeRelease.choose(Mode.AUTO, "0.15.0").isOn()).isFalse();
        assertThat(NativeRelease.choose(Mode.AUTO, null).isOn()).isFalse();
        assertThat(NativeRelease.choose(Mode.OFF, "0.14.0").isOn()).isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void hundredsOfVisitsLeaveLittle() throws Exception {
        assertThat(kibPerVisit(Mode.AUTO, 300)).isLessThan(SOME_KIB);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutItTheyLeaveMore() throws Exception {
        assertThat(kibPerVisit(Mode.OFF, 300)).isGreaterThan(SOME_KIB);
    }

    @Test
    @Tag("nightly")
    @EnabledOnOs(OS.LINUX)
    void thousandsOfVisitsLeaveNextToNothing() throws Exception {
        assertThat(kibPerVisit(Mode.AUTO, 10_000)).isLessThanOrEqualTo(KIB);
    }

    /** By how much the process grew, in KiB, for each of so many visits; it must end well and keep nothing open. */
    private double kibPerVisit(Mode mode, int visits) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        // A heap that never changes: what grows is native memory.
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VisitsMain.class.getName(),
                        mode.name(),
                        String.valueOf(WARM_UP),
                        String.valueOf(visits))
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(29, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(() -> read(errors)).isZero();
        } finally {
            process.destroyForcibly();
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(output, errors);
        }
        List<Footprint> footprints = Files.readAllLines(output).stream()
                .filter(line -> line.matches("[0-9]+ [0-9]+ [0-9]+"))
                .map(Footprint::parse)
                .toList();
        assertThat(footprints).hasSize(2);
        Footprint before = footprints.getFirst();
        Footprint after = footprints.getLast();
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 3);
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 3);
        double kib = (double) (after.rssKib() - before.rssKib()) / visits;
        System.out.printf("native-release %s: %d visits, %s -> %s, %.1f KiB each%n", mode, visits, before, after, kib);
        return kib;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
