package dev.peerhost.channel;

import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

/** All of an application's handlers together. */
@AutoConfiguration
@Import(BuiltInHandlers.class)
class ChannelConfiguration {

    @Bean
    ChannelHandlers peerhostChannelHandlers(Map<String, ChannelHandler> beans) {
        return new ChannelHandlers(beans);
    }

    @Bean
    MappedMethods peerhostMappedMethods(
            ConfigurableListableBeanFactory beans,
            ChannelHandlers handlers,
            ObjectProvider<JsonMapper> json,
            ObjectProvider<Validator> validator) {
        return new MappedMethods(beans, handlers, json.getIfAvailable(JsonMapper::shared), validator.getIfUnique());
    }
}
