package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A page that is busy while the server asks it, again and again, to reconnect. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "peerhost.peer.generation.leak-budget=100KB",
            "peerhost.peer.generation.reconnect-within=10s",
        })
class ReconnectBrowserIT {

    private static final int MESSAGES = 4000;

    /** Sends numbers without a break, and tells what came back, over how many connections, and what else happened. */
    private static final String ECHO = """
            const [count, done] = arguments;
            (async () => {
              const { joinRoom } = await import('/__/peerhost/peerhost.js');
              const room = await joinRoom('busy');
              const { server } = room;
              const channel = server.channel('echo');
              const connections = new Set();
              const events = [];
              for (const type of ['close', 'error']) {
                channel.addEventListener(type, () => events.push(type));
                server.addEventListener(type, () => events.push(type));
              }
              const echoes = [];
              const all = new Promise((resolve) => {
                channel.addEventListener('message', ({ data }) => {
                  connections.add(server.connection);
                  if (echoes.push(Number(data)) === count) {
                    resolve();
                  }
                });
              });
              for (let i = 0; i < count; i++) {
                await channel.send(String(i));
                if (i % 4 === 0) {
                  await new Promise((resolve) => setTimeout(resolve, 1));
                }
              }
              await all;
              done({ echoes, connections: connections.size, events: [...events], same: room.server === server });
              room.leave();
            })().catch((error) => done({ events: [String(error)] }));
            """;

    @LocalServerPort
    private int port;

    @Test
    @SuppressWarnings("unchecked")
    void nothingIsLostOnTheWayToAnotherConnection() {
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            window.driver().manage().timeouts().scriptTimeout(Chromium.PATIENCE.multipliedBy(3));

            var result = (Map<String, Object>) window.driver().executeAsyncScript(ECHO, MESSAGES);

            assertThat(result.get("events")).isEqualTo(List.of());
            assertThat((List<Long>) result.get("echoes"))
                    .containsExactlyElementsOf(
                            LongStream.range(0, MESSAGES).boxed().toList());
            assertThat((Long) result.get("connections")).isGreaterThanOrEqualTo(2);
            assertThat(result.get("same")).isEqualTo(true);
        }
    }
}
