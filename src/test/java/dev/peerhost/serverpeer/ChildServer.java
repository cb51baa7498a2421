package dev.peerhost.serverpeer;

import dev.peerhost.Peerhost;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The executable, or an application that uses the library, in a JVM of its own, on a free port, for what ends a process or must be decided before it starts. */
final class ChildServer implements AutoCloseable {

    private static final long PATIENCE = 60;
    private static final Pattern ADDRESS = Pattern.compile("(?:http://localhost:|Tomcat started on port )([0-9]+)");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    /**
     * Starts the executable and waits until it serves.
     *
     * @param folder where a crash would leave its file
     * @param arguments of the application
     * @param prefix a command that ends by running its own arguments
     */
    ChildServer(Path folder, List<String> arguments, String... prefix) throws Exception {
        this(Peerhost.class, folder, arguments, prefix);
    }

    /** The same with the main class of another application. */
    ChildServer(Class<?> main, Path folder, List<String> arguments, String... prefix) throws Exception {
        List<String> command = new ArrayList<>(List.of(prefix));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                "--server.port=0"));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        Thread.ofVirtual().start(this::read);
        port.get(PATIENCE, TimeUnit.SECONDS);
    }

    /** Where it serves. */
    int port() {
        return port.getNow(0);
    }

    /** Every line that it has printed. */
    List<String> output() {
        return output;
    }

    /** Which files it has mapped into its memory, as proc(5) tells. */
    String memoryMap() throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
    }

    /** The answer to a GET. */
    String get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build()).body();
    }

    /** The answer to a POST of JSON. */
    HttpResponse<String> post(String path, String json) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Ends it as Ctrl-C and service managers do, and tells its exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end: " + output);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private URI uri(String path) throws Exception {
        return URI.create("http://localhost:%d%s".formatted(port.get(), path));
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.parseInt(address.group(1)));
                }
            }
        } catch (IOException ended) {
            output.add(ended.toString());
        }
        port.completeExceptionally(new AssertionError("it ended: " + output));
    }
}
