package dev.peerhost.page;

import dev.peerhost.ice.IceServers;
import dev.peerhost.serverpeer.ServerPeerStatus;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Gathers from the other features what pages are told. */
@Configuration(proxyBeanMethods = false)
class PageConfiguration {

    @Bean
    ServerFacts serverFacts(@Value("${peerhost.version}") String version, IceServers ice, ServerPeerStatus peer) {
        return new ServerFacts(version, ice.list(), peer.reason());
    }

    /** Gives the small JSON answers a length and a tag. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> etagFilter() {
        var registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns(BuiltInSite.MOUNT + "/config.json", BuiltInSite.MOUNT + "/health");
        return registration;
    }
}
