package dev.peerhost.page;

import java.net.InetAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.stereotype.Component;

/** Knows where the public port is bound, once it is. */
@Component
class BoundAddresses {

    private final WebServerApplicationContext context;
    private final @Nullable InetAddress address;

    BoundAddresses(
            WebServerApplicationContext context, @Value("${server.address:#{null}}") @Nullable InetAddress address) {
        this.context = context;
        this.address = address;
    }

    /**
     * The addresses as they are now.
     *
     * @throws NullPointerException before the server has started
     */
    Addresses get() {
        return new Addresses(Objects.requireNonNull(context.getWebServer()).getPort(), address);
    }
}
