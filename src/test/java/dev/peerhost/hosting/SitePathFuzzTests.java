package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever stands in a request line, it is refused or names a place inside the folder that is no secret. By default the
 * corpus in {@code SitePathFuzzTestsInputs} is replayed.
 */
class SitePathFuzzTests {

    @TempDir
    static Path temporary;

    private static Site site;
    private static Path real;

    @BeforeAll
    static void createSite() throws IOException {
        Path folder = TestSite.create(temporary);
        real = folder.toRealPath();
        site = new Site(List.of(Folder.onDisk(folder)), Map.of(), Map.of());
    }

    @FuzzTest(maxDuration = "2m")
    void aPathIsRefusedOrStaysInside(byte[] bytes) throws IOException {
        String raw = "/" + new String(bytes, StandardCharsets.ISO_8859_1);

        for (String path : new String[] {SitePath.parse(raw), SitePath.file(raw)}) {
            if (path != null) {
                assertThat(path).startsWith("/").doesNotContain("//").matches("[^\\\\\\x00-\\x1F\\x7F]*");
                assertThat(path.split("/", -1)).doesNotContain(".", "..");
            }
        }
        Decision decision = site.decide(SiteRequest.of(raw), Trace.NONE).decision();
        switch (decision) {
            case Decision.Refuse refuse -> assertThat(refuse.status()).isIn(400, 404);
            case Decision.Redirect redirect ->
                // Another host's name would stand behind two slashes.
                assertThat(redirect.location()).startsWith("/").doesNotStartWith("//");
            default -> {
                Content content = ((Decision.Serve) decision).content();
                Path file = ((Content.OnDisk) content).file();
                assertThat(file.toRealPath()).isEqualTo(file).startsWith(real);
                assertThat(Files.size(file)).isEqualTo(content.length());
                try (InputStream in = content.open(0)) {
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .doesNotContain(TestSite.SECRET);
                }
            }
        }
    }
}
