package dev.peerhost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A command as a user runs it: started in a folder, its output gathered, ended with all that it started. */
final class ScriptRun implements AutoCloseable {
    /** The top of the tree: Maven runs the tests there. */
    static final Path ROOT = Path.of("").toAbsolutePath();

    private static final int LINES_KEPT = 10_000;

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();

    private ScriptRun(Process process) {
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    /** Starts the command with stdout and stderr together; {@code environment} adds to ours, an empty value takes away. */
    static ScriptRun start(Path folder, Map<String, String> environment, String... command) throws IOException {
        // Where the tests run in the background, a shell has switched SIGINT off for all that they start.
        List<String> whole =
                new ArrayList<>(List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV or die $!", "--"));
        whole.addAll(List.of(command));
        ProcessBuilder builder =
                new ProcessBuilder(whole).directory(folder.toFile()).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        ScriptRun run = new ScriptRun(builder.start());
        run.process.getOutputStream().close();
        return run;
    }

    private void read() {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                synchronized (lines) {
                    if (lines.size() == LINES_KEPT) {
                        lines.removeFirst();
                    }
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (lines) {
                lines.notifyAll();
            }
        }
    }

    /** Waits for a line of output, past or to come; fails with the whole output when the process ends or time is up. */
    String awaitLine(Predicate<String> wanted, Duration atMost) throws InterruptedException, TimeoutException {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (lines) {
            while (true) {
                for (String line : lines) {
                    if (wanted.test(line)) {
                        return line;
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0 || !reader.isAlive()) {
                    throw new TimeoutException("No such line in:\n" + String.join("\n", lines));
                }
                lines.wait(Math.min(left, 500));
            }
        }
    }

    /** Waits for the end and all output; the exit code as a shell shows it (128 + signal). */
    int awaitExit(Duration atMost) throws InterruptedException, TimeoutException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS) || !reader.join(Duration.ofSeconds(10))) {
            throw new TimeoutException("Still running after " + atMost + ":\n" + String.join("\n", output()));
        }
        return process.exitValue();
    }

    /** Its process. */
    long pid() {
        return process.pid();
    }

    /** What it printed so far. */
    List<String> output() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Whether it has a file mapped into its memory, as proc(5) tells on Linux. */
    boolean hasMapped(Path file) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"))
                .contains(file.toString());
    }

    /** Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IllegalStateException("kill ended with " + exit);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
