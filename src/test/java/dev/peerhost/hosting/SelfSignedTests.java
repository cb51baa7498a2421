package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedTests {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("deep/https.p12");
    }

    @Test
    void itIsMadeOnceForThisMachineAloneAndKept() throws Exception {
        SelfSigned made = SelfSigned.current(file);

        assertThat(SelfSigned.current(file).fingerprint()).isEqualTo(made.fingerprint());
        assertThat(made.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(made.certificate().getSubjectAlternativeNames().toString())
                .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.resolveSibling(".").toFile().list()).containsExactly("https.p12");
    }

    @Test
    void oneWithoutAnAddressOfThisMachineIsReplaced() throws Exception {
        Keytool.generate(file, SelfSigned.ALIAS, SelfSigned.PASSWORD, 365, List.of("dns:localhost", "ip:203.0.113.9"));
        byte[] before = Files.readAllBytes(file);

        SelfSigned current = SelfSigned.current(file);

        assertThat(current.certificate().getSubjectAlternativeNames().toString())
                .contains("127.0.0.1");
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }

    @Test
    void oneThatEndsInAFewDaysIsReplaced() throws Exception {
        SelfSigned longer = SelfSigned.current(file);
        List<String> names = longer.certificate().getSubjectAlternativeNames().stream()
                .map(name -> (name.getFirst().equals(2) ? "dns:" : "ip:") + name.get(1))
                .toList();
        Keytool.generate(file, SelfSigned.ALIAS, SelfSigned.PASSWORD, 3, names);
        assertThat(Files.size(file)).isPositive();

        assertThat(SelfSigned.current(file).certificate().getNotAfter())
                .isAfterOrEqualTo(longer.certificate().getNotAfter());
    }

    @Test
    void aDamagedOneIsReplacedAndAPlaceThatCannotBeWrittenIsOneSentence() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "damaged");
        assertThat(SelfSigned.current(file).fingerprint()).hasSize(95);

        Path below = Files.writeString(folder.resolve("file"), "").resolve("https.p12");
        assertThatThrownBy(() -> SelfSigned.current(below))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("cannot be kept in " + below)
                .hasMessageEndingWith("--peerhost.https.dir=DIR.");
    }
}
