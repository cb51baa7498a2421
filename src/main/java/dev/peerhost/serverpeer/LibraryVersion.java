package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which version of webrtc-java is here: what we do about its leaks is done with the version that has them. */
final class LibraryVersion {

    /** The version that keeps closed connections and received messages. */
    static final String LEAKING = "0.14.0";

    private static final Logger log = LoggerFactory.getLogger(LibraryVersion.class);

    private static final String POM = "/META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties";

    private LibraryVersion() {}

    /** The version as the jar tells it, or null when it does not; nothing of the native library is touched. */
    static @Nullable String read() {
        try (InputStream pom = PeerConnectionFactory.class.getResourceAsStream(POM)) {
            Properties properties = new Properties();
            if (pom != null) {
                properties.load(pom);
            }
            return properties.getProperty("version");
        } catch (IOException unreadable) {
            log.debug("Took the version of webrtc-java for unknown", unreadable);
            return null;
        }
    }

    /** A version as it stands in a sentence. */
    static String name(@Nullable String version) {
        return version == null ? "an unknown version" : version;
    }
}
