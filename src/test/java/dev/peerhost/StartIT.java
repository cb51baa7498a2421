package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code java -jar peerhost.jar} as a process of its own: how it starts, refuses to, and ends. */
class StartIT {

    private static final Path JAR = ScriptRun.ROOT.resolve("target/peerhost.jar");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nope                            | There is no folder
                    file.txt                        | is a file, not a folder
                    one two                         | One folder can be served
                    -p                              | "-p" is neither a folder nor an option
                    --prot=9000                     | There is no option --prot: did you mean --port?
                    --vresion                       | There is no option --vresion: did you mean --version?
                    --zzzzzzzzz                     | There is no option --zzzzzzzzz. --help lists them.
                    --peerhost.room.capcity=8       | There is no option --peerhost.room.capcity: did you mean --peerhost.room.capacity?
                    --port                          | --port needs a value, as in --port 9000.
                    --host --port=9                 | --host needs a value
                    --port abc                      | server.port has the value "abc", which cannot be used
                    --server.port=abc               | server.port has the value "abc", which cannot be used
                    --server.port=99999             | A port is a number from 0 to 65535
                    --peerhost.hosting.dir=/nope    | There is no folder /nope
                    --peerhost.room.capacity=0      | peerhost.room.capacity has the value "0", which must be
                    --peerhost.hosting.allowed-hosts=http://x | peerhost.hosting.allowed-hosts[0] has the value "http://x"
                    --peerhost.peer.remote-candidates=private | peerhost.peer.remote-candidates has the value "private", which cannot be used: write ignore, public, all, or ranges
                    --peerhost.peer.remote-candidates=10.0.0.1/8 | peerhost.peer.remote-candidates has the value "10.0.0.1/8", which cannot be used
                    --peerhost.peer.port-range=80-90 | peerhost.peer.port-range has the value "80-90", which cannot be used: write the first and the last port
                    --peerhost.peer.public-address=example.org | peerhost.peer.public-address has the value "example.org", which cannot be used: write an address
                    --peerhost.peer.announced-addresses=eth0 | peerhost.peer.announced-addresses has the value "eth0", which cannot be used: write an address
                    --server.address=198.51.100.7   | Peerhost cannot listen where it should
                    --spring.config.additional-location=file:./nope.yml | nope.yml
                    """)
    void whatCannotBeIsOneSentence(String arguments, String sentence) throws Exception {
        Files.writeString(folder.resolve("file.txt"), "");
        String port = arguments.contains("port") ? arguments : arguments + " --server.port=" + freePort();

        try (ScriptRun run = start(JAVA, port.split(" "))) {
            assertThat(run.awaitExit(START)).isEqualTo(1);
            assertThat(run.output())
                    .singleElement()
                    .asString()
                    .contains(sentence)
                    .endsWith(".");
        }
    }

    @Test
    void aTakenPortIsOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                ScriptRun run = start(JAVA, "--server.port=" + taken.getLocalPort())) {
            assertThat(run.awaitExit(START)).isEqualTo(1);
            assertThat(run.output())
                    .singleElement()
                    .asString()
                    .startsWith("Port " + taken.getLocalPort() + " is taken by java (process "
                            + ProcessHandle.current().pid() + ");")
                    .matches(".* --port [0-9]+ is free\\.");
        }
    }

    @Test
    void thePortThatIsOfferedIsFreeAndOptionsMayStandInTwoWords() throws Exception {
        try (ServerSocket taken = new ServerSocket(0);
                ServerSocket next = neighbour(taken);
                ScriptRun refused = start(JAVA, "--port=" + taken.getLocalPort())) {
            assertThat(refused.awaitExit(START)).isEqualTo(1);
            String offered = refused.output().getFirst().replaceFirst(".*--port ([0-9]+) is free\\.", "$1");
            assertThat(Integer.parseInt(offered)).isNotIn(taken.getLocalPort(), next.getLocalPort());

            try (ScriptRun run = start(JAVA, "--port", offered, "--host", "127.0.0.1")) {
                run.awaitLine(line -> line.contains("Ctrl-C"), START);
                assertThat(run.output())
                        .anyMatch(line -> line.contains("http://localhost:" + offered + "/"))
                        .noneMatch(line -> line.contains("on the network"));
            }
        }
    }

    private static ServerSocket neighbour(ServerSocket of) throws IOException {
        try {
            return new ServerSocket(of.getLocalPort() + 1);
        } catch (BindException taken) {
            // By somebody else, which serves as well.
            return new ServerSocket(0);
        }
    }

    @Test
    void helpAndVersionAreTextsAndStartNothing() throws Exception {
        try (ScriptRun help = start(JAVA, "--help");
                ScriptRun version = start(JAVA, "--version")) {
            assertThat(help.awaitExit(END)).isZero();
            assertThat(help.output())
                    .anyMatch(line -> line.contains("--port N"))
                    .anyMatch(line -> line.contains("--NAME=VALUE"));
            assertThat(version.awaitExit(END)).isZero();
            assertThat(version.output()).singleElement().asString().matches("Peerhost [0-9.]+(-SNAPSHOT)?");
        }
    }

    @Test
    void anOlderJavaIsOneSentence() throws Exception {
        Optional<Path> old = oldJava();
        Assumptions.assumeTrue(old.isPresent(), "no JDK 17 to 20 is installed");

        try (ScriptRun run = start(old.orElseThrow())) {
            assertThat(run.awaitExit(END)).isEqualTo(1);
            assertThat(run.output())
                    .singleElement()
                    .asString()
                    .matches("Peerhost needs Java 21 or later; this is Java (17|18|19|20) .*");
        }
    }

    private static Optional<Path> oldJava() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> installed = Files.list(all)) {
            return installed
                    .filter(jdk -> jdk.getFileName().toString().matches(".*[^0-9](17|18|19|20)([^0-9].*)?"))
                    .map(jdk -> jdk.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .findFirst();
        }
    }

    @Test
    void itSaysWhatToOpenServesTheFolderAndEndsQuietlyOnInterrupt() throws Exception {
        int port = freePort();
        Files.writeString(folder.resolve("index.html"), "my page");
        // A project of its own has a file of this name for something else.
        Files.writeString(folder.resolve("application.yml"), "server.port: 1\npeerhost.version: theirs\n");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(folder.resolve("config/application.yml"), "server.port: 2\n");

        try (ScriptRun run = start(JAVA, ".", "--server.port=" + port)) {
            run.awaitLine(line -> line.contains("Ctrl-C"), START);
            assertThat(run.output())
                    .anyMatch(line -> line.contains("serves " + folder))
                    .anyMatch(line -> line.contains("http://localhost:" + port + "/"))
                    .anyMatch(line -> line.contains("http://localhost:" + port + "/__/peerhost/"))
                    .anyMatch(line -> line.contains("--host 127.0.0.1"));
            RawHttp http = new RawHttp(port);
            assertThat(http.get("/").text()).isEqualTo("my page");
            assertThat(http.get("/__/peerhost/config.json").text()).doesNotContain("theirs", "@");

            try (Socket idle = open(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    Socket signaling = open(port, handshake())) {
                assertThat(idle.getInputStream().read()).isPositive();
                assertThat(signaling.getInputStream().read()).isPositive();
                int lines = run.output().size();

                run.interrupt();

                assertThat(run.awaitExit(END)).isIn(0, 130);
                assertThat(run.output()).hasSize(lines);
            }
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("index.html", "application.yml", "config");
        }
    }

    @Test
    void aFileOfSettingsCanBeAdded() throws Exception {
        int port = freePort();
        Files.writeString(folder.resolve("mine.yml"), "server.port: " + port + "\nserver.address: 127.0.0.1\n");

        try (ScriptRun run = start(JAVA, "--spring.config.additional-location=file:./mine.yml")) {
            run.awaitLine(line -> line.contains("Ctrl-C"), START);
            assertThat(run.output())
                    .anyMatch(line -> line.contains("serves its built-in site"))
                    .noneMatch(line -> line.contains("on the network") || line.contains("every interface"));
            assertThat(new RawHttp(port).get("/").text()).contains("<title>Peerhost</title>");
        }
    }

    @Test
    void managementHasAPortOfItsOwnOrNone() throws Exception {
        int port = freePort();
        int management = freePort();

        try (ScriptRun run = start(JAVA, "--server.port=" + port, "--management.server.port=" + management)) {
            run.awaitLine(line -> line.contains("Ctrl-C"), START);
            RawHttp actuator = new RawHttp(management);
            assertThat(actuator.get("/actuator/prometheus").text()).contains("jvm_memory_used_bytes");
            assertThat(actuator.get("/actuator/health").text()).contains("\"status\":\"UP\"");
            assertThat(actuator.get("/").status()).isEqualTo(404);
            assertThat(actuator.exchange(
                                    "GET /actuator/env HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                            .status())
                    .isEqualTo(421);
            assertThat(new RawHttp(port).get("/actuator/prometheus").status()).isEqualTo(404);
        }
    }

    private ScriptRun start(Path java, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return ScriptRun.start(folder.toRealPath(), Map.of(), command.toArray(String[]::new));
    }

    private static Socket open(int port, String request) throws IOException {
        Socket socket = new Socket("localhost", port);
        socket.setSoTimeout((int) END.toMillis());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String handshake() {
        return """
                GET /__/peerhost/signaling HTTP/1.1
                Host: localhost
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.replace("\n", "\r\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
