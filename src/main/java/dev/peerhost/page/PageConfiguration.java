package dev.peerhost.page;

import dev.peerhost.ice.IceServers;
import dev.peerhost.serverpeer.ServerPeerStatus;
import java.io.IOException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Gathers from the other features what pages are told. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@Import({BuiltInSite.class, BoundAddresses.class, HomeController.class, ServerController.class})
class PageConfiguration {

    @Bean
    ServerFacts peerhostFacts(IceServers ice, ServerPeerStatus peer) throws IOException {
        var build = PropertiesLoaderUtils.loadProperties(
                new ClassPathResource("version.properties", PageConfiguration.class));
        return new ServerFacts(build.getProperty("version"), ice.list(), peer);
    }

    /** Gives the small JSON answers a length and a tag. */
    @Bean
    FilterRegistrationBean<ShallowEtagHeaderFilter> peerhostEtagFilter() {
        var registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter());
        registration.addUrlPatterns(BuiltInSite.MOUNT + "/config.json", BuiltInSite.MOUNT + "/health");
        return registration;
    }
}
