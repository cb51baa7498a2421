package dev.peerhost.channel;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.HandlerMethod;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@link DataChannelMapping} method as a handler.
 *
 * @param label that it answers on
 * @param name as the log has it, {@code bean.method}
 * @param method with the bean or its name
 * @param resolvers of its parameters
 * @param json for what it returns
 */
record MappedMethod(
        String label,
        String name,
        HandlerMethod method,
        HandlerMethodArgumentResolverComposite resolvers,
        JsonMapper json)
        implements ChannelHandler {

    private static final int LONGEST_REASON = 200;

    @Override
    public void message(Channel channel, ChannelMessage message) throws Exception {
        // The bean anew each time, so that its scope counts.
        Call call = new Call(method.createWithResolvedBean(), resolvers);
        Object[] arguments;
        try {
            arguments = call.arguments(new ReceivedMessage(channel, message));
        } catch (Exception unreadable) {
            Replies.refuse(channel, "%s cannot take what came: %s".formatted(name, reason(unreadable)));
            return;
        }
        ChannelMessage reply = reply(call.run(arguments));
        if (reply != null) {
            Replies.send(channel, reply);
        }
    }

    private @Nullable ChannelMessage reply(@Nullable Object result) {
        return switch (result) {
            case null -> null;
            case String text -> new Text(text);
            case byte[] bytes -> new Binary(bytes);
            case ChannelMessage message -> message;
            default -> new Text(json.writeValueAsString(result));
        };
    }

    /** On one line of the log, however much of what came is quoted in it. */
    private static String reason(Exception unreadable) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(unreadable);
        String message = cause instanceof JacksonException bad ? bad.getOriginalMessage() : cause.getMessage();
        String line = String.valueOf(message).replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }

    /** One call, in two steps, so that arguments that cannot be had are told from a method that fails. */
    private static final class Call extends InvocableHandlerMethod {

        Call(HandlerMethod method, HandlerMethodArgumentResolverComposite resolvers) {
            super(method);
            setMessageMethodArgumentResolvers(resolvers);
        }

        Object[] arguments(Message<?> message) throws Exception {
            return getMethodArgumentValues(message);
        }

        @Nullable
        Object run(Object[] arguments) throws Exception {
            return doInvoke(arguments);
        }
    }
}
