package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class SharedLibrariesTests {

    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    @Test
    void whatTheLoaderCannotFindIsMissing() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the names of this processor stand in the test");
        SharedLibraries libraries = new SharedLibraries("x86_64-linux-gnu", X86_64);

        assertThat(libraries.missing(List.of("libc.so.6", "libnot-there.so.9"))).containsExactly("libnot-there.so.9");
    }

    @Test
    void aLibraryOfAnotherProcessorDoesNotCount() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the names of this processor stand in the test");
        SharedLibraries libraries = new SharedLibraries("x86_64-linux-gnu", AARCH64);

        assertThat(libraries.missing(List.of("libc.so.6"))).containsExactly("libc.so.6");
    }
}
