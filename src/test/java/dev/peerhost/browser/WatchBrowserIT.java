package dev.peerhost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
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

/** {@code --watch}: an open page shows an edit by itself. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.hosting.watch=true", "peerhost.peer.enabled=false"})
class WatchBrowserIT {

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Mine</title><link rel="icon" href="data:,">
            <p id="log">%s</p></html>
            """;

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void serveTheFolder(DynamicPropertyRegistry properties) throws IOException {
        Files.writeString(folder.resolve("index.html"), PAGE.formatted("first"));
        properties.add("peerhost.hosting.dir", folder::toString);
    }

    @Test
    void anOpenPageShowsAnEditByItselfAgainAndAgain() throws IOException {
        try (Chromium window = Chromium.open("http://localhost:" + port + "/")) {
            window.awaitText(By.id("log"), "first");
            for (String text : new String[] {"second", "third"}) {
                Files.writeString(folder.resolve("index.html"), PAGE.formatted(text));
                window.awaitText(By.id("log"), text);
            }
        }
    }

    @Test
    void onlyPagesCarryTheScriptAndAPartOfOneIsOfTheWhole() throws IOException {
        Files.writeString(folder.resolve("part.html"), "0123456789");
        Files.writeString(folder.resolve("data.json"), "{}");
        RawHttp http = new RawHttp(port);

        String whole = http.get("/part.html").text();
        assertThat(whole).startsWith("0123456789<script").contains("/__/peerhost/hosting/reload.js?v=");
        assertThat(http.get("/part.html", "Range: bytes=8-12").text()).isEqualTo("89<sc");
        assertThat(http.get("/part.html", "Range: bytes=12-14").text()).isEqualTo("cri");
        assertThat(http.get("/data.json").text()).isEqualTo("{}");
    }
}
