package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.peerhost.Peerhost;
import dev.peerhost.channel.ChannelMessage.Text;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** The server's own peer in a process of its own: how it ends, and how it does without its library. */
@Timeout(180)
class ServerPeerProcessIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Hides two libraries from the process and from nobody else, then becomes the command that follows. */
    private static final String HIDE = """
            for name in libX11.so.6 libXrandr.so.2; do
              file=$(ldconfig -p | sed -n "s,.*$name .*=> ,,p" | head -n 1)
              mount --bind /dev/null "$file" || exit 99
            done
            exec "$@"
            """;

    @TempDir
    private Path folder;

    @Test
    void itEndsWithoutACrashWhileConnectionsAreOpen() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of());
                Browser one = new Browser();
                Browser two = new Browser()) {
            BrowserChannel busy = one.channel("source?count=1000000&size=65536");
            BrowserChannel echo = two.channel("echo");
            for (Browser browser : List.of(one, two)) {
                HttpResponse<String> answer = offer(server, browser);
                browser.accept(JSON.readTree(answer.body()).path("sdp").asString());
            }
            busy.receive();
            echo.awaitOpen().send(new Text("hello"));
            assertThat(echo.receive()).isEqualTo(new Text("hello"));

            // 128 + SIGTERM: what the JVM answers when its shutdown hooks have run to the end.
            assertThat(server.terminate()).isEqualTo(143);
            assertThat(folder).isEmptyDirectory();
            assertThat(server.output()).noneMatch(line -> line.contains("ERROR") || line.contains("SIGSEGV"));
        }
    }

    @Test
    void itEndsWithoutACrashWhenItWasNeverUsed() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of())) {
            assertThat(server.terminate()).isEqualTo(143);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {Peerhost.class, HostMain.class})
    void withoutItsLibrariesTheRestWorksAndThePackagesAreNamed(Class<?> application) throws Exception {
        Process mayHide = new ProcessBuilder("unshare", "--mount", "true").start();
        assumeTrue(
                mayHide.waitFor(20, TimeUnit.SECONDS) && mayHide.exitValue() == 0,
                "hiding a library from one process takes a mount namespace, and that takes root");
        String sentence = "The Java peer is off: the WebRTC library needs libX11.so.6, libXrandr.so.2; install with:"
                + " apt-get install libx11-6 libxrandr2 (Debian and Ubuntu), then start again.";
        try (ChildServer server = new ChildServer(
                application,
                folder,
                List.of(),
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                HIDE,
                "sh")) {
            assertThat(server.output().stream().filter(line -> line.contains(" WARN ") && line.contains(sentence)))
                    .hasSize(1);
            assertThat(server.get("/__/peerhost/config.json")).contains("\"serverPeer\":null");
            assertThat(server.get("/__/peerhost/health")).contains(sentence);
            HttpResponse<String> refusal = server.post("/__/peerhost/offer", "{\"type\":\"offer\",\"sdp\":\"v=0\"}");
            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(JSON.readTree(refusal.body()).path("message").asString()).isEqualTo(sentence);
            assertThat(server.terminate()).isEqualTo(143);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void itsLibraryIsLoadedForTheFirstConnection() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of());
                Browser browser = new Browser()) {
            server.get("/__/peerhost/config.json");
            assertThat(server.memoryMap()).doesNotContain("webrtc-java");

            browser.channel("echo");
            assertThat(offer(server, browser).statusCode()).isEqualTo(200);

            assertThat(server.memoryMap()).contains("webrtc-java");
        }
    }

    @Test
    void aLibraryThatDoesNotLoadIsKnownFromTheFirstOfferOn() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (ChildServer server =
                        new ChildServer(folder, List.of(), "env", "JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=" + temporary);
                Browser browser = new Browser()) {
            assertThat(server.get("/__/peerhost/health")).contains("\"available\":true");
            FileSystemUtils.deleteRecursively(temporary);

            browser.channel("echo");
            HttpResponse<String> refusal = offer(server, browser);

            assertThat(refusal.statusCode()).isEqualTo(503);
            assertThat(refusal.body()).contains("The Java peer is off: the WebRTC library could not be loaded");
            assertThat(server.get("/__/peerhost/health")).contains("\"available\":false", temporary.toString());
            assertThat(server.get("/__/peerhost/config.json")).contains("\"serverPeer\":null");
        }
    }

    private static HttpResponse<String> offer(ChildServer server, Browser browser) throws Exception {
        return server.post(
                "/__/peerhost/offer", JSON.writeValueAsString(Map.of("type", "offer", "sdp", browser.gatheredOffer())));
    }

    @Test
    void switchedOffItIsNotThere() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of("--peerhost.peer.enabled=false"))) {
            assertThat(server.get("/__/peerhost/config.json")).contains("\"serverPeer\":null");
            assertThat(server.get("/__/peerhost/health")).contains("peerhost.peer.enabled is false");
        }
    }
}
