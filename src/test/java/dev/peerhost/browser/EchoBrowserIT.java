package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code /echo/} and the library against the Java peer. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class EchoBrowserIT {

    /** Sends to the Java peer by the library and resolves with what came back. */
    private static final String ECHO = """
            const [size, text, done] = arguments;
            (async () => {
              const { joinRoom } = await import('/__/peerhost/peerhost.js');
              const room = await joinRoom('echo-' + size + text);
              const channel = room.server.channel('echo');
              const sent = new Uint8Array(size).map((_, i) => (i * 31) & 0x7f);
              const answer = new Promise((resolve) => channel.addEventListener('message', (e) => resolve(e.data)));
              await channel.send(text ? new TextDecoder().decode(sent) : sent);
              const back = await answer;
              const bytes = text ? new TextEncoder().encode(back) : new Uint8Array(back);
              const equal = bytes.length === size && bytes.every((byte, i) => byte === sent[i]);
              room.leave();
              done({ kind: typeof back, equal });
            })().catch((error) => done({ kind: String(error), equal: false }));
            """;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/echo/", "/__/peerhost/echo/"})
    void whatIsTypedComesBackFromTheServer(String path) {
        try (Chromium window = Chromium.open("http://localhost:" + port + path)) {
            assertThat(window.id("send").isEnabled()).isFalse();
            window.awaitState("new");
            window.click("connect");
            window.awaitState("connected");
            window.id("message").sendKeys("Grüße <i>an</i> alle 👋", Keys.ENTER);

            window.awaitCount("#log li[data-from=server]", 1);

            assertThat(window.all("#log li[data-from=server]").getFirst().getText())
                    .contains("Grüße <i>an</i> alle 👋");
            assertThat(window.all("#log li[data-from=me]").getFirst().getText()).contains("Grüße <i>an</i> alle 👋");
            assertThat(window.id("rtt").getText()).containsPattern("\\d");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 262_144})
    void textAndBinaryOfEachSizeComeBackUnchanged(int size) {
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            assertThat(echo(window, size, false)).isEqualTo(Map.of("kind", "object", "equal", true));
            assertThat(echo(window, size, true)).isEqualTo(Map.of("kind", "string", "equal", true));
        }
    }

    /** Pages on a LAN are no secure context: much that browsers offer is missing there. */
    @Test
    void itWorksAtAnAddressOfTheNetworkWithoutASecureContext() throws Exception {
        String address = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(candidate -> !candidate.isLoopbackAddress()
                        && !candidate.isLinkLocalAddress()
                        && candidate instanceof java.net.Inet4Address)
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElseThrow(() -> new AssertionError("This machine has no address but loopback."));
        try (Chromium window = Chromium.open("http://" + address + ":" + port + "/echo/")) {
            assertThat(window.driver().executeScript("return window.isSecureContext"))
                    .isEqualTo(false);
            window.click("connect");
            window.awaitState("connected");
            window.id("message").sendKeys("insecure", Keys.ENTER);
            window.awaitCount("#log li[data-from=server]", 1);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> echo(Chromium window, int size, boolean text) {
        window.driver().manage().timeouts().scriptTimeout(Chromium.PATIENCE);
        return (Map<String, Object>) window.driver().executeAsyncScript(ECHO, size, text);
    }
}
