package dev.peerhost.channel;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The built-in handlers, and all of an application's together. */
@Configuration(proxyBeanMethods = false)
class ChannelConfiguration {

    @Bean
    ChannelHandlers channelHandlers(Map<String, ChannelHandler> beans) {
        return new ChannelHandlers(beans);
    }

    @Bean
    ChannelHandler echoHandler() {
        return new Echo("echo");
    }

    /** The label of the lab's step-by-step flow. */
    @Bean
    ChannelHandler sendChannelHandler() {
        return new Echo("sendChannel");
    }

    @Bean
    ChannelHandler hubHandler() {
        return new Hub();
    }

    @Bean
    ChannelHandler sinkHandler() {
        return new Sink();
    }

    @Bean
    ChannelHandler sourceHandler() {
        return new Source();
    }
}
