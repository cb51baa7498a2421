package dev.peerhost.hosting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;

/** Serves the user's folder if there is one, else whatever other {@link Site} the application has. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HostingProperties.class)
class HostingConfiguration {

    @Bean
    @Primary
    @ConditionalOnProperty("peerhost.hosting.dir")
    Site userSite(HostingProperties properties) {
        return new Site(List.of(Folder.onDisk(properties.requireDir())), Map.of(), Map.of());
    }

    @Bean
    SiteMapping siteMapping(Site site) {
        return new SiteMapping(new SiteHandler(site, ""));
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
