package dev.peerhost.hosting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Serves the user's folder if there is one, else whatever other {@link Site} the application has. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HostingProperties.class)
@Import(HostedBeside.class)
class HostingConfiguration {

    @Bean
    @Primary
    @ConditionalOnProperty("peerhost.hosting.dir")
    Site peerhostUserSite(HostingProperties properties) {
        return new Site(List.of(Folder.onDisk(properties.requireDir())), Map.of(), Map.of());
    }

    @Bean
    HostRule peerhostHostRule(HostingProperties properties) {
        return new HostRule(properties.allowedHosts(), HostingConfiguration::machineNames);
    }

    private static Set<String> machineNames() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return Set.copyOf(List.of(name, name.split("\\.", 2)[0]));
        } catch (UnknownHostException e) {
            // A machine whose own name leads nowhere cannot be reached by it either.
            return Set.of();
        }
    }
}
