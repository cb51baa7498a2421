package dev.peerhost.page;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The desktop of whoever started the server, if there is one. */
final class Desktop {

    private static final Logger log = LoggerFactory.getLogger(Desktop.class);

    private Desktop() {}

    /** Opens a URL in their browser; where that cannot be done, the log says so and nothing else happens. */
    static void open(String url) {
        try {
            new ProcessBuilder(command(System.getProperty("os.name", "").toLowerCase(Locale.ROOT), url))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
        } catch (IOException missing) {
            log.debug("No browser", missing);
            log.warn("--open found no browser to open; open {} yourself.", url);
        }
    }

    private static List<String> command(String system, String url) {
        if (system.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", url);
        }
        return List.of(system.startsWith("mac") ? "open" : "xdg-open", url);
    }
}
