package dev.peerhost.signaling;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import tools.jackson.databind.json.JsonMapper;

/** Gives controller methods what they ask for by type: the session, its peer, the peer's attendance, the body. */
final class SessionArguments implements HandlerMethodArgumentResolver {

    private final JsonMapper json;

    SessionArguments(JsonMapper json) {
        this.json = json;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == StompSession.class
                || type == StompPeer.class
                || type == Attendance.class
                || type == ClientBody.class;
    }

    @Override
    public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
        Class<?> type = parameter.getParameterType();
        if (type == ClientBody.class) {
            return ClientBody.parse((byte[]) message.getPayload(), json);
        }
        StompSession session = StompSession.find(SimpMessageHeaderAccessor.getSessionAttributes(message.getHeaders()));
        if (session == null || type == StompSession.class) {
            return session;
        }
        return type == StompPeer.class ? session.peer() : session.peer().attendance();
    }
}
