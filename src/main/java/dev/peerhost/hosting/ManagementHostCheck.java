package dev.peerhost.hosting;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;

/**
 * The same names for the executable's management port as for its public one. Spring Boot finds this class in
 * {@code META-INF/spring}; in an application that uses the library, that port is none of our business.
 */
@ConditionalOnBean(SiteMapping.class)
class ManagementHostCheck {

    @Bean
    HostFilter managementHostFilter(HostRule rule) {
        return new HostFilter(rule);
    }
}
