package dev.peerhost.ice;

import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;

/** Makes the ICE servers known to the application. */
@AutoConfiguration
@EnableConfigurationProperties(IceConfiguration.IceProperties.class)
class IceConfiguration {

    /**
     * {@code peerhost.ice.*}.
     *
     * @param servers STUN and TURN servers; none unless configured
     */
    @ConfigurationProperties("peerhost.ice")
    record IceProperties(@DefaultValue List<IceServer> servers) {}

    @Bean
    IceServers peerhostIceServers(IceProperties properties) {
        return new IceServers(properties.servers());
    }
}
