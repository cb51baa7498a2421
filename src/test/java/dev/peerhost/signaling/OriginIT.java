package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which pages may open the WebSocket: raw handshakes, as any browser or attacker would write them. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.signaling.allowed-origins=https://app.example.com")
class OriginIT {

    @LocalServerPort
    private int port;

    @Test
    void noOriginOurOwnAndConfiguredOnesPass() throws Exception {
        assertThat(handshake("localhost:" + port, null)).startsWith("HTTP/1.1 101");
        assertThat(handshake("localhost:" + port, "http://localhost:" + port)).startsWith("HTTP/1.1 101");
        assertThat(handshake("127.0.0.1:" + port, "http://127.0.0.1:" + port)).startsWith("HTTP/1.1 101");
        assertThat(handshake("localhost:" + port, "https://app.example.com")).startsWith("HTTP/1.1 101");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "http://localhost",
                "https://localhost:PORT",
                "http://127.0.0.1:PORT",
                "http://localhost:PORT.evil.example",
                "https://app.example.com.evil.example",
                "http://[",
                "file://"
            })
    void otherOriginsAreForbiddenWithASentence(String origin) throws Exception {
        String answer = handshake("localhost:" + port, origin.replace("PORT", "" + port));

        assertThat(answer).startsWith("HTTP/1.1 403").contains("peerhost.signaling.allowed-origins");
    }

    private String handshake(String host, @Nullable String origin) throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            String request = "GET /__/peerhost/signaling HTTP/1.1\r\nHost: " + host
                    + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v12.stomp\r\n"
                    + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] piece = new byte[4096];
            // A refusal is read to its sentence, an upgrade to its head: the socket stays open after that.
            while (!answer.toString().matches("(?s)HTTP/1.1 (101.*\r\n\r\n.*|.*\\.\\R)")) {
                int size = in.read(piece);
                if (size < 0) {
                    break;
                }
                answer.append(new String(piece, 0, size, StandardCharsets.UTF_8));
            }
            return answer.toString();
        }
    }
}
