package dev.peerhost.signaling;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** In the executable all WebSockets are ours, and take frames in pieces. */
@AutoConfiguration(before = SignalingConfiguration.class)
class StandaloneSignaling {

    /** The container's buffer per session, in characters: most frames arrive in one piece of it, larger ones in several. */
    private static final int PIECE = 2048;

    @Bean
    ServletServerContainerFactoryBean peerhostWebSocketContainer() {
        ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
        container.setMaxTextMessageBufferSize(PIECE);
        container.setMaxBinaryMessageBufferSize(PIECE);
        return container;
    }
}
