package dev.peerhost.hosting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Serves the user's folder if there is one, else whatever other {@link Site} the application has. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HostingProperties.class)
@Import({HostedBeside.class, ExplainController.class})
class HostingConfiguration {

    @Bean
    @ConditionalOnProperty("peerhost.hosting.dir")
    HostedSites peerhostHostedSites(HostingProperties properties) {
        return new HostedSites(HostedFolder.open(properties.requireDir()));
    }

    @Bean
    SiteHandler peerhostSiteHandler(
            ObjectProvider<HostedSites> hosted, ObjectProvider<Site> other, HostingProperties properties) {
        HostedSites sites = hosted.getIfAvailable();
        return sites == null
                ? new SiteHandler(other.getObject(), "")
                : new SiteHandler(sites::site, "", properties.ruleHeader());
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
