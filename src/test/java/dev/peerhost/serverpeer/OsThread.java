package dev.peerhost.serverpeer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A thread as the kernel has it (proc_pid_status(5)).
 *
 * @param name the first 15 characters of it
 * @param processors where it may run, as a list such as 0-3,5
 */
record OsThread(String name, String processors) {

    /** All of this process; one that ends meanwhile is left out. */
    static List<OsThread> all() {
        List<OsThread> threads = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path folder : folders) {
                try {
                    threads.add(read(folder));
                } catch (IOException ended) {
                    // Gone since it was listed.
                }
            }
        } catch (IOException unlisted) {
            throw new UncheckedIOException(unlisted);
        }
        return threads;
    }

    /** The one that runs this. */
    static OsThread current() {
        try {
            return read(Path.of("/proc/thread-self"));
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }

    /** Whether it may run on one processor alone. */
    boolean isTied() {
        return processors.matches("\\d+");
    }

    private static OsThread read(Path folder) throws IOException {
        List<String> status = Files.readAllLines(folder.resolve("status"));
        return new OsThread(field(status, "Name:"), field(status, "Cpus_allowed_list:"));
    }

    private static String field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }
}
