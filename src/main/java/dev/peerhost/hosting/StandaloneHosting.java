package dev.peerhost.hosting;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** In the executable every path but ours is the site's, and every request has to name this server. */
@AutoConfiguration(before = HostingConfiguration.class)
class StandaloneHosting {

    @Bean
    SiteMapping peerhostSiteMapping(Site site) {
        return new SiteMapping(new SiteHandler(site, ""));
    }

    @Bean
    FilterRegistrationBean<HostFilter> peerhostHostFilter(HostRule rule) {
        var registration = new FilterRegistrationBean<>(new HostFilter(rule));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    ContainerErrors peerhostContainerErrors() {
        return new ContainerErrors();
    }
}
