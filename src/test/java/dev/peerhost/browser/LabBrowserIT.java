package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogType;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /lab/}: offer and answer carried by hand, with the page's buttons and with the console. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class LabBrowserIT {

    private static final String OPEN_DOUBLE_QUOTE = "\u201c";

    @LocalServerPort
    private int port;

    @Test
    void anOfferAndAnAnswerCopiedByHandConnectTwoWindows() {
        try (Chromium a = open("a");
                Chromium b = open("b")) {
            a.click("create-offer");
            String offer = description(a, "offer");
            b.paste("remote-description", offer);
            b.click("accept");
            String answer = description(b, "answer");
            a.paste("remote-description", answer);
            a.click("accept");
            a.awaitState("connected");
            b.awaitState("connected");

            say(a, "from a");
            b.awaitCount("#log li:not([data-from=me])", 1);
            assertThat(b.id("log").getText()).contains("from a");
            say(b, "from b");
            a.awaitCount("#log li:not([data-from=me])", 1);
            assertThat(a.id("log").getText()).contains("from b");
            assertThat(a.id("local-description").getDomProperty("readOnly")).isEqualTo("true");
        }
    }

    @Test
    void theJavaPeerCanAnswerInPlaceOfASecondBrowser() {
        try (Chromium a = open("a")) {
            a.click("create-offer");
            description(a, "offer");
            a.click("ask-server");
            a.awaitState("connected");
            say(a, "who is there?");
            a.awaitCount("#log li[data-from=server]", 1);
            assertThat(a.all("#log li[data-from=server]").getFirst().getText()).contains("who is there?");
        }
    }

    @Test
    void theConfigurationIsReallyPassedOn() {
        try (Chromium a = open("a")) {
            a.paste("configuration", "{\"iceServers\":[{\"urls\":\"stun:127.0.0.1:9\"}],\"iceCandidatePoolSize\":3}");
            a.click("create-offer");
            description(a, "offer");
            assertThat(a.driver().executeScript("return localConnection.getConfiguration().iceServers[0].urls[0]"))
                    .isEqualTo("stun:127.0.0.1:9");
            assertThat(a.driver().executeScript("return localConnection.getConfiguration().iceCandidatePoolSize"))
                    .isEqualTo(3L);
        }
    }

    @Test
    void aDamagedPasteIsNamed() {
        try (Chromium a = open("a");
                Chromium b = open("b")) {
            a.click("create-offer");
            String offer = description(a, "offer");
            String answer = offer.replace("\"offer\"", "\"answer\"");

            assertThat(refusal(b, offer.substring(0, offer.length() / 2))).containsIgnoringCase("cut");
            assertThat(refusal(b, offer.substring(0, 60) + "\n" + offer.substring(60)))
                    .containsIgnoringCase("line");
            assertThat(refusal(b, offer.replace("\"", OPEN_DOUBLE_QUOTE))).containsIgnoringCase("quot");
            assertThat(refusal(b, "hello")).contains("no offer").contains("hello");
            assertThat(refusal(b, answer)).containsIgnoringCase("answer");
            assertThat(refusal(a, offer)).containsIgnoringCase("offer");
            b.awaitState("new");
        }
    }

    /** The lines that the project began with, as they stand there; REPL mode lets const be declared as in the console. */
    @Test
    void theSeedsOwnLinesPastedIntoTheConsoleWork() throws Exception {
        String clientA = seed("const localConnection", "client B");
        String clientB = seed("const remoteConnection", "client A");
        String answered = seed("localConnection.setRemoteDescription", "ICE Connection Restart");
        try (Chromium a = open("a");
                Chromium b = open("b")) {
            console(a, clientA);
            console(b, "const offer = " + gathered(a, "localConnection"));
            console(b, clientB);
            console(a, "const answer = " + gathered(b, "remoteConnection"));
            console(a, answered);
            a.await(page -> "open".equals(console(a, "sendChannel.readyState")));
            console(a, "sendChannel.send('pasted')");
            b.await(page -> b.driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                    .anyMatch(entry -> entry.getMessage().contains("messsage received!!!pasted")));
        }
    }

    /** The lines of the file from the one that starts so to before the one that starts so. */
    private static String seed(String first, String end) throws IOException {
        try (InputStream file = LabBrowserIT.class.getResourceAsStream("/seed.txt")) {
            List<String> lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .dropWhile(line -> !line.startsWith(first))
                    .takeWhile(line -> !line.startsWith(end))
                    .toList();
            assertThat(lines).as("from %s to %s", first, end).isNotEmpty();
            return String.join("\n", lines);
        }
    }

    private Chromium open(String role) {
        return Chromium.open("http://localhost:" + port + "/lab/?role=" + role);
    }

    /** What {@code #local-description} shows once it is of this type and has a candidate in it. */
    private static String description(Chromium window, String type) {
        return window.await(page -> {
            String text = window.value("local-description");
            if (text.isBlank()) {
                return null;
            }
            JsonNode json = JsonMapper.shared().readTree(text);
            return json.path("type").asString().equals(type)
                            && json.path("sdp").asString().contains("a=candidate")
                    ? text
                    : null;
        });
    }

    private static String refusal(Chromium window, String pasted) {
        window.paste("remote-description", pasted);
        window.click("accept");
        return window.await(page -> {
            String sentence = window.id("error").getText();
            return sentence.isBlank() ? null : sentence;
        });
    }

    private static void say(Chromium window, String text) {
        window.await(page -> window.id("send").isEnabled());
        window.id("message").sendKeys(text, Keys.ENTER);
    }

    private static String gathered(Chromium window, String connection) {
        return window.await(page -> {
            Object state = console(window, connection + ".iceGatheringState");
            return "complete".equals(state)
                    ? String.valueOf(console(window, "JSON.stringify(" + connection + ".localDescription)"))
                    : null;
        });
    }

    /** Evaluates as the DevTools console does; fails on an exception. */
    @SuppressWarnings("unchecked")
    private static Object console(Chromium window, String expression) {
        Map<String, Object> answer = window.driver()
                .executeCdpCommand(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "replMode",
                                true,
                                "awaitPromise",
                                true,
                                "returnByValue",
                                true));
        assertThat(answer).as(expression).doesNotContainKey("exceptionDetails");
        Object value = ((Map<String, Object>) answer.get("result")).get("value");
        return value == null ? "" : value;
    }
}
