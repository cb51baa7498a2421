package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code /chat/} as people use it: windows that talk to each other over data channels. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.room.capacity=3", "peerhost.signaling.resume-timeout=2s"})
class ChatBrowserIT {

    private static final String CONNECTED = "#peers li[data-state=connected]";

    @LocalServerPort
    private int port;

    @Test
    void twoWindowsChatBothWays() {
        try (Chromium ada = join("two", "Ada");
                Chromium bob = join("two", "Bob")) {
            ada.awaitCount(CONNECTED, 1);
            bob.awaitCount(CONNECTED, 1);
            assertThat(ada.id("peers").getText()).contains("Bob");
            assertThat(bob.id("peers").getText()).contains("Ada");

            say(ada, "Hello Bob");
            say(bob, "Hello <b>Ada</b>");

            String idOfAda = bob.all("#peers li").getFirst().getDomAttribute("data-peer");
            bob.awaitCount("#log li[data-from='" + idOfAda + "']", 1);
            assertThat(bob.all("#log li[data-from='" + idOfAda + "']")
                            .getFirst()
                            .getText())
                    .contains("Hello Bob");
            ada.await(page -> !ada.all("#log li:not([data-from=me])").isEmpty());
            assertThat(ada.id("log").getText()).contains("Hello Bob").contains("Hello <b>Ada</b>");
            assertThat(ada.all("#log b")).isEmpty();
            assertThat(ada.all("#log li[data-from=me]")).hasSize(1);
        }
    }

    @Test
    void threeWindowsFormAMeshAndAFourthIsRefusedWithASentence() {
        try (Chromium ada = join("three", "Ada");
                Chromium bob = join("three", "Bob");
                Chromium cleo = join("three", "Cleo")) {
            for (Chromium window : new Chromium[] {ada, bob, cleo}) {
                window.awaitCount(CONNECTED, 2);
            }
            for (Chromium window : new Chromium[] {ada, bob, cleo}) {
                say(window, "from " + window.value("name"));
            }
            for (Chromium window : new Chromium[] {ada, bob, cleo}) {
                window.awaitCount("#log li:not([data-from=me])", 2);
                assertThat(window.id("log").getText())
                        .contains("from Ada")
                        .contains("from Bob")
                        .contains("from Cleo");
            }
            try (Chromium dan = join("three", "Dan")) {
                dan.await(page -> dan.id("error").getText().contains("full"));
                assertThat(dan.id("send").isEnabled()).isFalse();
            }
        }
    }

    @Test
    void leavingIsSeenAndWhoReloadsCanJoinAgain() {
        try (Chromium ada = join("again", "Ada");
                Chromium bob = join("again", "Bob")) {
            ada.awaitCount(CONNECTED, 1);
            bob.awaitCount(CONNECTED, 1);

            bob.click("leave");
            ada.awaitCount("#peers li", 0);
            assertThat(ada.id("send").isEnabled()).isFalse();
            bob.click("join");
            ada.awaitCount(CONNECTED, 1);

            bob.driver().navigate().refresh();
            ada.awaitCount("#peers li", 0);
            bob.type("name", "Bob again");
            bob.click("join");
            bob.awaitCount(CONNECTED, 1);
            say(bob, "I am back");
            ada.await(page -> ada.id("log").getText().contains("I am back"));
        }
    }

    @Test
    void aKilledWindowIsLost() {
        try (Chromium ada = join("killed", "Ada")) {
            Chromium bob = join("killed", "Bob");
            ada.awaitCount(CONNECTED, 1);
            bob.kill();
            // It looks like one whose network was cut, so it is waited for, as long as recoveryTimeout says: 60 s.
            ada.awaitCount(CONNECTED, 0);
            new WebDriverWait(ada.driver(), Duration.ofSeconds(90))
                    .until(page -> ada.all("#peers li").isEmpty());
        }
    }

    private Chromium join(String room, String name) {
        Chromium window = Chromium.open("http://localhost:" + port + "/chat/?room=" + room);
        assertThat(window.value("room")).isEqualTo(room);
        assertThat(window.id("send").isEnabled()).isFalse();
        window.type("name", name);
        window.click("join");
        return window;
    }

    private static void say(Chromium window, String text) {
        window.await(page -> window.id("send").isEnabled());
        window.id("message").sendKeys(text, Keys.ENTER);
    }
}
