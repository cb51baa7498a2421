package dev.peerhost.page;

import dev.peerhost.hosting.Folder;
import dev.peerhost.hosting.Site;
import dev.peerhost.hosting.SiteHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Our pages and modules: a site of its own, and at {@code /__/peerhost/} beside whatever site is served. */
@Configuration(proxyBeanMethods = false)
class BuiltInSite {

    /** The path that everything of ours starts with. */
    static final String MOUNT = "/__/peerhost";

    private static final String STOMP_MOUNT = MOUNT + "/stompjs";
    private static final String STOMP = "org.webjars.npm/stomp__stompjs";

    @Bean
    @Qualifier("builtIn")
    Folder pages() {
        return Folder.onClassPath("peerhost/site/style.css");
    }

    @Bean
    Site ownSite(@Qualifier("builtIn") Folder pages) {
        return new Site(List.of(pages), Map.of("/", MOUNT + "/"), PageHeaders.ALL);
    }

    /** After the controllers, whose paths lie below the same one. */
    @Bean
    SimpleUrlHandlerMapping reservedMapping(@Qualifier("builtIn") Folder pages) throws IOException {
        Site ours = site(Folder.onClassPath("peerhost/lib/stomp.js"), pages);
        Site stomp = site(Folder.onClassPath(
                "META-INF/resources/webjars/stomp__stompjs/%s/esm6/index.js".formatted(stompVersion())));
        return new SimpleUrlHandlerMapping(
                Map.of(
                        MOUNT + "/**",
                        new SiteHandler(ours, MOUNT),
                        STOMP_MOUNT + "/**",
                        new SiteHandler(stomp, STOMP_MOUNT)),
                Ordered.LOWEST_PRECEDENCE - 1);
    }

    private static Site site(Folder... folders) {
        return new Site(List.of(folders), Map.of(), PageHeaders.ALL);
    }

    /** The WebJar's path has its version in it, and the build alone chooses that. */
    private static String stompVersion() throws IOException {
        String location = "META-INF/maven/" + STOMP + "/pom.properties";
        try (InputStream stream = BuiltInSite.class.getClassLoader().getResourceAsStream(location)) {
            if (stream == null) {
                throw new IllegalStateException("This build of Peerhost lacks the WebJar " + STOMP + ".");
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        }
    }
}
