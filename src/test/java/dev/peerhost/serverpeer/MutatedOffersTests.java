package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Malformed offers through the real native library, in a process that they would end if they could. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MutatedOffersTests {

    private static final Path OFFERS =
            Path.of("src/test/resources/dev/peerhost/serverpeer/sdp/SdpFuzzTestsInputs/anOfferIsTakenOrRefused");

    @TempDir
    private Path folder;

    @Test
    void hundredsAreAnsweredOrRefused() throws Exception {
        areAnsweredOrRefused(300);
    }

    @Test
    @Tag("nightly")
    void thousandsAreAnsweredOrRefused() throws Exception {
        areAnsweredOrRefused(5_000);
    }

    @Test
    void anAbortWouldBeNoticed() throws Exception {
        // 128 + SIGABRT.
        assertThat(run("abort")).isEqualTo(134);
    }

    private void areAnsweredOrRefused(int count) throws Exception {
        assertThat(run(OFFERS.toAbsolutePath().toString(), "7", String.valueOf(count)))
                .as(() -> read("errors"))
                .isZero();
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactlyInAnyOrder("output", "errors");
        }
        // The native library prints lines of its own.
        String line = read("output")
                .lines()
                .filter(printed -> printed.matches("[0-9]+ [0-9]+ [0-9]+"))
                .findFirst()
                .orElseThrow();
        List<Integer> counts =
                Arrays.stream(line.split(" ")).map(Integer::valueOf).toList();
        System.out.printf(
                "%d mutated offers: %d refused before the native library, %d by it, %d answered%n",
                counts.get(0) + count, counts.get(0), counts.get(1), counts.get(2));
        // Neither is everything harmless nor does everything stop before it could do harm.
        assertThat(counts).allMatch(some -> some > count / 100);
        assertThat(counts.get(1) + counts.get(2)).isEqualTo(count);
    }

    private int run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                MutationsMain.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try {
            assertThat(process.waitFor(14, TimeUnit.MINUTES)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
