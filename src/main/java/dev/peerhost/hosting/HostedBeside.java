package dev.peerhost.hosting;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** In somebody's application the site comes last, and the names that a request may have sent are checked for us alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(SiteMapping.class)
class HostedBeside {

    @Bean
    SiteFallback peerhostSiteFallback(Site site) {
        return new SiteFallback(new SiteHandler(site, ""));
    }

    @Bean
    FilterRegistrationBean<HostFilter> peerhostHostFilter(HostRule rule) {
        var registration = new FilterRegistrationBean<>(new HostFilter(rule));
        registration.addUrlPatterns(SiteMapping.OURS + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
