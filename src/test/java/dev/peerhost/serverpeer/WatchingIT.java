package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.RawHttp;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.signaling.StompClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server tells those who watch it: metrics, health, its connections, and its log. */
@Timeout(180)
class WatchingIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MESSAGES = 10;

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void aConnectionIsSeenInMetricsAndInTheList() throws Exception {
        RawHttp actuator = new RawHttp(freePort());
        try (ChildServer server = new ChildServer(folder, List.of("--management.server.port=" + actuator.port()));
                StompClient member = StompClient.join(server.port(), "watched", "Ada");
                Browser one = new Browser();
                Browser two = new Browser()) {
            member.say("watched", "offer", "{\"to\":\"nobody\",\"sdp\":\"v=0\"}");
            member.message("rejected");
            BrowserChannel channel = one.channel("echo");
            connect(server, one);
            echo(channel);
            BrowserChannel other = two.channel("echo");
            connect(server, two);
            other.awaitOpen();

            assertThat(actuator.get("/actuator/prometheus").text().lines())
                    .contains(
                            "peerhost_rooms 1.0",
                            "peerhost_room_browsers 1.0",
                            "peerhost_signaling_sockets 1.0",
                            "peerhost_signaling_messages_received_total 2.0",
                            "peerhost_signaling_rejections_total{code=\"unknown_peer\"} 1.0",
                            "peerhost_signaling_rejections_total{code=\"bad_body\"} 0.0",
                            "peerhost_peer_connections{state=\"connected\"} 2.0",
                            "peerhost_peer_connections{state=\"failed\"} 0.0",
                            "peerhost_peer_limits_exceeded_total{limit=\"connections\"} 0.0",
                            "peerhost_peer_channels 2.0",
                            "peerhost_peer_channels_closed_total{reason=\"slow-handler\"} 0.0",
                            "peerhost_peer_channels_closed_total{reason=\"slow-reader\"} 0.0",
                            "peerhost_peer_messages_dropped_total 0.0",
                            "peerhost_peer_messages_received_total " + MESSAGES + ".0",
                            "peerhost_peer_sends_total{result=\"accepted\"} " + MESSAGES + ".0",
                            "peerhost_peer_received_bytes_total " + 5 * MESSAGES + ".0",
                            "peerhost_peer_sent_bytes_total " + 5 * MESSAGES + ".0",
                            "peerhost_peer_received_queued_bytes 0.0",
                            "peerhost_peer_generation_newest 1.0",
                            "peerhost_peer_generation_alive 1.0",
                            "peerhost_peer_generation_rotation 1.0",
                            "peerhost_peer_native_release 1.0",
                            "peerhost_peer_generation_leaked_bytes " + 88 * MESSAGES + ".0")
                    .anyMatch(line -> line.matches("peerhost_peer_affinity [01].0"))
                    .anyMatch(line -> line.matches("peerhost_peer_udp_overflows_total [0-9].*"))
                    .anyMatch(line -> line.startsWith("peerhost_peer_sent_queued_bytes "))
                    .anyMatch(line -> line.matches("peerhost_peer_callback_seconds_count [1-9].*"))
                    .anyMatch(line -> line.matches("peerhost_peer_native_memory_bytes [1-9].*E[78]"));

            JsonNode report = json(actuator, "/actuator/peerhost");
            assertThat(report.path("available").asBoolean()).isTrue();
            assertThat(report.path("connectionCount").asInt()).isEqualTo(2);
            assertThat(report.path("generation").asInt()).isEqualTo(1);
            JsonNode connection = report.path("connections").path(0);
            assertThat(connection.path("id").asInt()).isEqualTo(1);
            assertThat(connection.path("peer").asString()).matches("[A-Za-z0-9_-]{22}");
            assertThat(connection.path("state").asString()).isEqualTo("CONNECTED");
            assertThat(connection.path("generation").asInt()).isEqualTo(1);
            JsonNode echo = connection.path("channels").path(0);
            assertThat(echo.path("label").asString()).isEqualTo("echo");
            assertThat(echo.path("state").asString()).isEqualTo("open");
            assertThat(echo.path("options").path("ordered").asBoolean()).isTrue();
            assertThat(echo.path("options").path("maxRetransmits").isNull()).isTrue();
            assertThat(echo.path("messagesReceived").asInt()).isEqualTo(MESSAGES);
            assertThat(echo.path("bytesSent").asInt()).isEqualTo(5 * MESSAGES);
            JsonNode pair = connection.path("selectedPair");
            assertThat(pair.path("local").path("address").asString()).matches("[0-9.]+|[0-9a-f:]+");
            assertThat(pair.path("local").path("type").asString()).isEqualTo("host");
            for (String end : List.of("local", "remote")) {
                assertThat(pair.path(end).path("port").asInt()).isBetween(1, 65_535);
                assertThat(pair.path(end).path("protocol").asString()).isEqualTo("udp");
            }
            assertThat(pair.path("remote").path("type").asString()).isEqualTo("prflx");
            assertThat(pair.path("rttMillis").asDouble()).isBetween(0.0, 1000.0);
            assertThat(json(actuator, "/actuator/peerhost?limit=1").path("connections"))
                    .hasSize(1);

            RawHttp open = new RawHttp(server.port());
            for (String path : List.of("/actuator/peerhost", "/actuator/prometheus", "/actuator/health")) {
                assertThat(open.get(path).status()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void healthSaysWhyThereIsNoServerPeerAndIsWellAllTheSame() throws Exception {
        RawHttp actuator = new RawHttp(freePort());
        try (ChildServer server = new ChildServer(
                folder, List.of("--peerhost.peer.enabled=false", "--management.server.port=" + actuator.port()))) {
            assertThat(server.port()).isPositive();
            assertThat(actuator.get("/actuator/health").status()).isEqualTo(200);
            JsonNode health = json(actuator, "/actuator/health");
            assertThat(health.path("status").asString()).isEqualTo("UP");
            JsonNode peer = health.path("components").path("serverPeer");
            assertThat(peer.path("status").asString()).isEqualTo("UNKNOWN");
            assertThat(peer.path("details").path("reason").asString()).contains("peerhost.peer.enabled is false");
            JsonNode report = json(actuator, "/actuator/peerhost");
            assertThat(report.path("available").asBoolean(true)).isFalse();
            assertThat(report.path("reason").asString()).contains("peerhost.peer.enabled is false");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void healthSaysThatThePortsAreUsedUp() throws Exception {
        RawHttp actuator = new RawHttp(freePort());
        int only = freePort();
        try (ChildServer server = new ChildServer(
                        folder,
                        List.of(
                                "--peerhost.peer.port-range=%d-%d".formatted(only, only),
                                "--management.server.port=" + actuator.port()));
                Browser one = new Browser();
                Browser two = new Browser()) {
            BrowserChannel channel = one.channel("echo");
            connect(server, one);
            channel.awaitOpen();
            JsonNode peer =
                    json(actuator, "/actuator/health").path("components").path("serverPeer");
            assertThat(peer.path("status").asString()).isEqualTo("UP");

            two.channel("echo");
            assertThat(server.post(
                                    "/__/peerhost/offer",
                                    JSON.writeValueAsString(Map.of("type", "offer", "sdp", two.gatheredOffer())))
                            .statusCode())
                    .isEqualTo(503);
            JsonNode health = json(actuator, "/actuator/health");
            assertThat(health.path("status").asString()).isEqualTo("UP");
            peer = health.path("components").path("serverPeer");
            assertThat(peer.path("status").asString()).isEqualTo("UNKNOWN");
            assertThat(peer.path("details").path("reason").asString())
                    .startsWith("The server's own peer found no free port in " + only);
        }
    }

    @Test
    void theLogTellsConnectionsApart() throws Exception {
        try (ChildServer server = new ChildServer(folder, List.of("--logging.level.dev.peerhost=debug"));
                Browser one = new Browser();
                Browser two = new Browser()) {
            for (Browser browser : List.of(one, two)) {
                BrowserChannel channel = browser.channel("no-such-label");
                connect(server, browser);
                channel.awaitClosed();
            }
            for (int connection : List.of(1, 2)) {
                assertThat(server.output())
                        .anyMatch(line -> line.matches(
                                ".* connection " + connection + " of peer [A-Za-z0-9_-]{22} \\(HTTP\\).*"));
            }
            assertThat(server.output())
                    .anyMatch(line -> line.contains("Closed native connections are released, as webrtc-java"))
                    .anyMatch(line -> line.contains("An engine generation ends after 10,000 connections"));
        }
    }

    @Test
    void whatIsSwitchedOffIsSaidInMetricsAndLog() throws Exception {
        RawHttp actuator = new RawHttp(freePort());
        try (ChildServer server = new ChildServer(
                        folder,
                        List.of(
                                "--peerhost.peer.native-release=off",
                                "--peerhost.peer.generation.rotation=off",
                                "--management.server.port=" + actuator.port()));
                Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            connect(server, browser);
            channel.awaitOpen();

            assertThat(actuator.get("/actuator/prometheus").text().lines())
                    .contains(
                            "peerhost_peer_generation_newest 1.0",
                            "peerhost_peer_generation_rotation 0.0",
                            "peerhost_peer_native_release 0.0");
            assertThat(server.output())
                    .anyMatch(line -> line.contains("peerhost.peer.native-release is off"))
                    .anyMatch(line -> line.contains("peerhost.peer.generation.rotation is off"));
        }
    }

    private static JsonNode json(RawHttp server, String path) throws Exception {
        URI uri = URI.create("http://localhost:%d%s".formatted(server.port(), path));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body());
        }
    }

    private static void connect(ChildServer server, Browser browser) throws Exception {
        String answer = server.post(
                        "/__/peerhost/offer",
                        JSON.writeValueAsString(Map.of("type", "offer", "sdp", browser.gatheredOffer())))
                .body();
        browser.accept(JSON.readTree(answer).path("sdp").asString());
    }

    private static void echo(BrowserChannel channel) throws Exception {
        channel.awaitOpen();
        for (int i = 0; i < MESSAGES; i++) {
            channel.send(new Text("hello"));
            assertThat(channel.receive()).isEqualTo(new Text("hello"));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
