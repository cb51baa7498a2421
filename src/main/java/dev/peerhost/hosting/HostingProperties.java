package dev.peerhost.hosting;

import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.hosting.*}.
 *
 * @param dir the folder to serve, or null for the built-in site
 * @param ruleHeader whether answers out of the folder name the rule that decided, in {@code X-Peerhost-Rule}
 * @param watch whether open pages are reloaded when a file of the folder changes
 * @param log whether requests are listed on standard output
 * @param allowedHosts names that this server answers to besides its own, without a port
 */
@Validated
@ConfigurationProperties("peerhost.hosting")
record HostingProperties(
        @Nullable Path dir,

        @DefaultValue("true") boolean ruleHeader,

        @DefaultValue("false") boolean watch,

        @DefaultValue("false") boolean log,

        @DefaultValue
        List<
                        @Pattern(
                                regexp = "[A-Za-z0-9._-]{1,253}",
                                message = "must be a host's name alone, as in"
                                        + " peerhost.example.org: no scheme, no port")
                        String>
                allowedHosts) {

    static final String ALLOWED_HOSTS = "peerhost.hosting.allowed-hosts";

    /** The folder, where there must be one. */
    Path requireDir() {
        return Objects.requireNonNull(dir, "peerhost.hosting.dir");
    }
}
