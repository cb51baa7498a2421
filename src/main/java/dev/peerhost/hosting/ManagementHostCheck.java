package dev.peerhost.hosting;

import org.springframework.context.annotation.Bean;

/**
 * The same names for the management port as for the public one. Spring Boot finds this class in {@code META-INF/spring}; it
 * carries no annotation, since the application's own scan must not find it.
 */
class ManagementHostCheck {

    @Bean
    HostFilter managementHostFilter(HostRule rule) {
        return new HostFilter(rule);
    }
}
