package dev.peerhost.channel;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.handler.annotation.support.HeaderMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.HeadersMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.MessageMethodArgumentResolver;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

/** What a {@link DataChannelMapping} method can ask for: Spring's own resolvers of messages, and the channel. */
final class MappedArguments {

    private MappedArguments() {}

    static HandlerMethodArgumentResolverComposite resolvers(
            ConfigurableBeanFactory beans, JsonMapper json, @Nullable Validator validator) {
        MessageConverter converter = new CompositeMessageConverter(List.of(
                new StringMessageConverter(StandardCharsets.UTF_8),
                new Bytes(),
                new JacksonJsonMessageConverter(json)));
        HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();
        resolvers.addResolver(new ChannelArgument());
        resolvers.addResolver(new HeaderMethodArgumentResolver(DefaultConversionService.getSharedInstance(), beans));
        resolvers.addResolver(new HeadersMethodArgumentResolver());
        resolvers.addResolver(new MessageMethodArgumentResolver(converter));
        resolvers.addResolver(new Payload(converter, validator));
        return resolvers;
    }

    private static final class ChannelArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            Class<?> type = parameter.getParameterType();
            return type == Channel.class || ChannelMessage.class.isAssignableFrom(type);
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, Message<?> message) {
            ReceivedMessage received = (ReceivedMessage) message;
            if (parameter.getParameterType() == Channel.class) {
                return received.channel();
            }
            if (!parameter.getParameterType().isInstance(received.message())) {
                throw new MessageConversionException("It takes %s, and this is %s"
                        .formatted(parameter.getParameterType().getSimpleName(), received));
            }
            return received.message();
        }
    }

    /** Unlike Spring's for other transports, takes an empty text or blanks for what they are: messages. */
    private static final class Payload extends PayloadMethodArgumentResolver {

        Payload(MessageConverter converter, @Nullable Validator validator) {
            super(converter, validator);
        }

        @Override
        protected boolean isEmptyPayload(@Nullable Object payload) {
            return payload == null;
        }
    }

    /** Spring's takes bytes alone. */
    private static final class Bytes extends ByteArrayMessageConverter {

        @Override
        protected Object convertFromInternal(Message<?> message, @Nullable Class<?> target, @Nullable Object hint) {
            return message.getPayload() instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : message.getPayload();
        }
    }
}
