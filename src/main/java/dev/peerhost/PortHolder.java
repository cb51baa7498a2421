package dev.peerhost;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who listens on a port of this machine, and which port is free instead. */
final class PortHolder {

    private static final Logger log = LoggerFactory.getLogger(PortHolder.class);

    /** How many ports are tried. */
    private static final int NEIGHBOURS = 100;

    private static final int LAST_PORT = 65535;
    private static final int LISTENING = 0x0A;
    private static final long PATIENCE_SECONDS = 2;

    private PortHolder() {}

    /** What has the port, as it stands in a sentence; "another program" where the system does not tell. */
    static String of(int port) {
        String found = null;
        try {
            found = Files.isDirectory(Path.of("/proc/self/fd")) ? onLinux(port) : elsewhere(port);
        } catch (IOException | RuntimeException untold) {
            log.debug("Nobody tells who has port {}: {}", port, untold.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return found == null ? "another program" : found;
    }

    /** The next port above that nobody has, or 0 when there is none near. */
    static int freeAbove(int port) {
        for (int next = port + 1; next <= Math.min(LAST_PORT, port + NEIGHBOURS); next++) {
            try (ServerSocket free = new ServerSocket(next)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                log.debug("Port {} is taken as well: {}", next, taken.toString());
            }
        }
        return 0;
    }

    /** The socket's number out of the table of proc(5), and then the process that has it open. */
    private static @Nullable String onLinux(int port) throws IOException {
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try (Stream<String> lines = Files.lines(Path.of(table))) {
                List<String[]> rows = lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(row ->
                                Integer.parseInt(row[3], 16) == LISTENING && row[1].endsWith(":%04X".formatted(port)))
                        .toList();
                for (String[] row : rows) {
                    String process = owner("socket:[" + row[9] + "]");
                    if (process != null) {
                        return process;
                    }
                }
            }
        }
        return null;
    }

    private static @Nullable String owner(String socket) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, socket)) {
                    return named(
                            Files.readString(process.resolve("comm")).strip(),
                            process.getFileName().toString());
                }
            }
        }
        return null;
    }

    private static boolean hasOpen(Path process, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException closed) {
            // It ended meanwhile, or is somebody else's.
            log.trace("Cannot look into {}", process, closed);
        }
        return false;
    }

    private static @Nullable String elsewhere(int port) throws IOException, InterruptedException {
        Process lsof = new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!lsof.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            lsof.destroyForcibly();
            return null;
        }
        List<String> fields = lsof.inputReader().lines().limit(2).toList();
        return fields.size() < 2
                ? null
                : named(fields.get(1).substring(1), fields.getFirst().substring(1));
    }

    private static String named(String command, String process) {
        return "%s (process %s)".formatted(command, process);
    }
}
