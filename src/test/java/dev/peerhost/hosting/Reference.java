package dev.peerhost.hosting;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** superstatic, started as firebase-tools starts it; {@code bin/setup --tests} installs it. */
final class Reference implements AutoCloseable {

    private static final Path HOME = Path.of("src/test/superstatic");

    private final Process process;
    private final List<Integer> ports;

    private Reference(Process process, List<Integer> ports) {
        this.process = process;
        this.ports = ports;
    }

    static Reference start(Path folder) throws IOException {
        if (!Files.isDirectory(HOME.resolve("node_modules"))) {
            throw new IOException("superstatic is not installed; run bin/setup --tests.");
        }
        Process process = new ProcessBuilder("node", "reference.js", folder.toString())
                .directory(HOME.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null) {
            throw new IOException("superstatic did not start; its reason is in the output of the tests.");
        }
        List<Integer> ports = Arrays.stream(line.replaceAll("[\\[\\]]", "").split(","))
                .map(Integer::valueOf)
                .toList();
        return new Reference(process, ports);
    }

    int port(int site) {
        return ports.get(site);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
