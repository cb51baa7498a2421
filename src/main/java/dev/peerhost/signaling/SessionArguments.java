package dev.peerhost.signaling;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import tools.jackson.databind.json.JsonMapper;

/** Gives controller methods what they ask for by type: the session's peer, its attendance, the body. */
final class SessionArguments implements HandlerMethodArgumentResolver {

    private final JsonMapper json;

    SessionArguments(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == StompPeer.class || type == Attendance.class || type == ClientBody.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
        if (parameter.getParameterType() == ClientBody.class) {
            return ClientBody.parse((byte[]) message.getPayload(), json);
        }
        var session = SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders());
        return parameter.getParameterType() == StompPeer.class ? StompPeer.find(session) : Attendance.find(session);
    }
}
