package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the server sends to whom a stranger names, seen from the network. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class HostileCandidatesTests {

    private static final int HUNDREDS = 300;

    @TempDir
    private Path folder;

    @Test
    void nothingIsSentToAnyAddressThatAnOfferNames() throws Exception {
        try (Namespaces network = new Namespaces()) {
            Process server = network.startHere(folder, HostileOffersMain.class, "ignore", "public", "all");
            try (BufferedReader output = server.inputReader();
                    Writer input = server.outputWriter()) {
                for (String rule : new String[] {"ignore", "public"}) {
                    awaitLine(output, rule);
                    assertThat(network.packets()).as(rule).isZero();
                    input.write("\n");
                    input.flush();
                }
                // The same offers without the defence.
                awaitLine(output, "all");
                long packets = network.packets();
                System.out.printf("remote-candidates: 0 packets with ignore and public, %d with all%n", packets);
                assertThat(packets).isGreaterThan(HUNDREDS);
                input.write("\n");
                input.flush();
                assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(server.exitValue()).isZero();
            } finally {
                server.destroyForcibly();
            }
        }
    }

    /** Passes over what the log says. */
    private static void awaitLine(BufferedReader output, String expected) throws IOException {
        for (String line = output.readLine(); !expected.equals(line); line = output.readLine()) {
            assertThat(line).as("the process ended before " + expected).isNotNull();
        }
    }
}
