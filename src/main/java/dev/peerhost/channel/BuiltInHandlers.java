package dev.peerhost.channel;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers that come along, unless an application does without. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BuiltInHandlers.ChannelProperties.class)
@ConditionalOnBooleanProperty(name = "peerhost.channel.built-in", matchIfMissing = true)
class BuiltInHandlers {

    /**
     * {@code peerhost.channel.*}.
     *
     * @param builtIn whether the built-in handlers answer: {@code echo}, {@code sendChannel}, {@code hub}, {@code sink} and
     *     {@code source}
     */
    @ConfigurationProperties("peerhost.channel")
    record ChannelProperties(@DefaultValue("true") boolean builtIn) {}

    @Bean
    ChannelHandler peerhostEcho() {
        return new Echo("echo");
    }

    /** The label of the lab's step-by-step flow. */
    @Bean
    ChannelHandler peerhostSendChannel() {
        return new Echo("sendChannel");
    }

    @Bean
    ChannelHandler peerhostHub() {
        return new Hub();
    }

    @Bean
    ChannelHandler peerhostSink() {
        return new Sink();
    }

    @Bean
    ChannelHandler peerhostSource() {
        return new Source();
    }
}
