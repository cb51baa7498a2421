package dev.peerhost.serverpeer.affinity;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A thread of this process, as proc(5) shows it.
 *
 * @param id as the kernel counts threads
 * @param name the first 15 characters of it
 */
record Task(int id, String name) {

    private static final Path ALL = Path.of("/proc/self/task");
    private static final Path MINE = Path.of("/proc/thread-self/comm");

    /** Where stat has the processor on which the thread ran last, counted from the field after its name. */
    private static final int PROCESSOR = 36;

    /** All threads; one that ends meanwhile may be missing. */
    static List<Task> all() throws IOException {
        List<Task> tasks = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(ALL)) {
            for (Path folder : folders) {
                try {
                    int id = Integer.parseInt(folder.getFileName().toString());
                    tasks.add(new Task(
                            id, Files.readString(folder.resolve("comm")).strip()));
                } catch (IOException ended) {
                    // Between being listed and being read.
                }
            }
        }
        return tasks;
    }

    /** The name of the thread that runs this: of a virtual thread, that which carries it. */
    static String nameOfCarrier() throws IOException {
        return Files.readString(MINE).strip();
    }

    /** For how long it has run, in nanoseconds; 0 when it has ended. */
    long time() {
        try {
            String schedstat = read("schedstat");
            return Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
        } catch (IOException ended) {
            return 0;
        }
    }

    /** On which processor it ran last. */
    int processor() throws IOException {
        String stat = read("stat");
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[PROCESSOR]);
    }

    private String read(String file) throws IOException {
        return Files.readString(ALL.resolve(id + "/" + file));
    }
}
