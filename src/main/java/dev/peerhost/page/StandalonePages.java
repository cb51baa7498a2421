package dev.peerhost.page;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/** What the executable says for itself: where it can be opened, and that something is wrong. */
@AutoConfiguration(before = {PageConfiguration.class, ErrorMvcAutoConfiguration.class})
@EnableConfigurationProperties(PageProperties.class)
@Import({ErrorPage.class, StartText.class})
class StandalonePages {}
