package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A user's own folder: its pages import the library, and see their own edits. */
@SpringBootTest(classes = Peerhost.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class FolderBrowserIT {

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Mine</title><link rel="icon" href="data:,">
            <p id="log"></p>
            <script type="module">
              import { joinRoom } from '/__/peerhost/peerhost.js';
              const room = await joinRoom('mine', { name: 'me' });
              const channel = room.server.channel('echo');
              channel.addEventListener('message', (event) => {
                document.querySelector('#log').textContent = event.data;
              });
              await channel.send('%s');
            </script></html>
            """;

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void serveTheFolder(DynamicPropertyRegistry properties) {
        properties.add("peerhost.hosting.dir", folder::toString);
    }

    @Test
    void aPageOfAFolderUsesTheLibraryAndAnEditIsSeenOnReload() throws IOException {
        Files.writeString(folder.resolve("index.html"), PAGE.formatted("first"));
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            window.awaitText(By.id("log"), "first");

            Files.writeString(folder.resolve("index.html"), PAGE.formatted("second"));
            window.driver().navigate().refresh();

            window.awaitText(By.id("log"), "second");
            assertThat(window.driver().getTitle()).isEqualTo("Mine");
        }
    }
}
