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
import org.springframework.web.servlet.HandlerMapping;

/** Our pages and modules: a site of its own, and at {@code /__/peerhost/} beside whatever site is served. */
@Configuration(proxyBeanMethods = false)
class BuiltInSite {

    /** The path that everything of ours starts with. */
    static final String MOUNT = "/__/peerhost";

    /** The path of the library that speaks STOMP. */
    static final String STOMP_MOUNT = MOUNT + "/stompjs";

    private static final String STOMP = "org.webjars.npm/stomp__stompjs";

    @Bean
    @Qualifier("builtIn")
    Folder peerhostPages() {
        return Folder.onClassPath("peerhost/site/style.css");
    }

    @Bean
    Site peerhostSite(@Qualifier("builtIn") Folder pages) {
        return new Site(List.of(pages), Map.of("/", MOUNT + "/"), PageHeaders.ALL);
    }

    @Bean
    ReservedMapping peerhostReservedMapping(
            @Qualifier("builtIn") Folder pages,
            @Qualifier("stompWebSocketHandlerMapping") HandlerMapping sockets,
            @Qualifier("requestMappingHandlerMapping") HandlerMapping controllers)
            throws IOException {
        Site ours = site(Folder.onClassPath("peerhost/lib/stomp.js"), pages);
        Site stomp = site(Folder.onClassPath(
                "META-INF/resources/webjars/stomp__stompjs/%s/esm6/index.js".formatted(stompVersion())));
        return new ReservedMapping(
                sockets, controllers, new SiteHandler(stomp, STOMP_MOUNT), new SiteHandler(ours, MOUNT));
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
