package dev.peerhost.hosting;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code peerhost.https.*}.
 *
 * @param enabled whether every port speaks TLS, with a certificate of our own making
 * @param dir where that is kept, or null for {@code .peerhost} in the home of whoever runs the server
 */
@ConfigurationProperties("peerhost.https")
record HttpsProperties(
        @DefaultValue("false") boolean enabled, @Nullable Path dir) {

    /** The file that key and certificate are kept in. */
    Path file() {
        Path folder = dir != null ? dir : Path.of(System.getProperty("user.home"), ".peerhost");
        return folder.toAbsolutePath().normalize().resolve("https.p12");
    }
}
