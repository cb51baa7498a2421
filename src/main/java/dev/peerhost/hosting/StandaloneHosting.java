package dev.peerhost.hosting;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** In the executable every path but ours is the site's, and every request has to name this server. */
@AutoConfiguration(before = HostingConfiguration.class)
@EnableConfigurationProperties(HttpsProperties.class)
class StandaloneHosting {

    @Bean
    SiteMapping peerhostSiteMapping(SiteHandler handler) {
        return new SiteMapping(handler);
    }

    @Bean
    Connectors peerhostConnectors() {
        return new Connectors();
    }

    @Bean
    @ConditionalOnBooleanProperty("peerhost.https.enabled")
    Https peerhostHttps(HttpsProperties properties) {
        return new Https(properties.file());
    }

    @Bean
    @ConditionalOnBooleanProperty("peerhost.hosting.log")
    RequestLog peerhostRequestLog() {
        return new RequestLog(System.out);
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
