package dev.peerhost.hosting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Serves the user's folder if there is one, else whatever other {@link Site} the application has. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HostingProperties.class)
class HostingConfiguration {

    @Bean
    @ConditionalOnProperty("peerhost.hosting.dir")
    HostedSites hostedSites(HostingProperties properties) {
        return new HostedSites(HostedFolder.open(properties.requireDir()));
    }

    @Bean
    SiteMapping siteMapping(ObjectProvider<HostedSites> hosted, Site builtIn, HostingProperties properties) {
        HostedSites sites = hosted.getIfAvailable();
        return new SiteMapping(
                sites == null
                        ? new SiteHandler(builtIn, "")
                        : new SiteHandler(sites::site, "", properties.ruleHeader()));
    }

    @Bean
    HostRule hostRule(HostingProperties properties) {
        return new HostRule(properties.allowedHosts(), HostingConfiguration::machineNames);
    }

    @Bean
    FilterRegistrationBean<HostFilter> hostFilter(HostRule rule) {
        var registration = new FilterRegistrationBean<>(new HostFilter(rule));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    Connectors connectors() {
        return new Connectors();
    }

    @Bean
    ContainerErrors containerErrors() {
        return new ContainerErrors();
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
