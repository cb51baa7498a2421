package dev.peerhost.page;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;

/** Knows where the public port is bound, once it is. */
class BoundAddresses {

    private static final int DEFAULT_PORT = 8080;

    private final Environment environment;
    private final @Nullable InetAddress address;

    BoundAddresses(Environment environment, @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.environment = environment;
        this.address = address;
    }

    /** The addresses as they are now; without a server of Spring Boot's own, those of the port that is configured. */
    Addresses get() {
        Integer configured = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
        boolean secure = environment.getProperty("peerhost.https.enabled", Boolean.class, false)
                || environment.containsProperty("server.ssl.bundle")
                || environment.containsProperty("server.ssl.key-store")
                || environment.containsProperty("server.ssl.certificate");
        return new Addresses(
                secure ? "https" : "http",
                environment.getProperty("local.server.port", Integer.class, configured),
                address);
    }
}
