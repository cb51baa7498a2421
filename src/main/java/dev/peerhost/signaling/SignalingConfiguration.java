package dev.peerhost.signaling;

import dev.peerhost.room.Rooms;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.messaging.SessionDisconnectEvent;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts Spring's STOMP support to our use. Its simple broker answers CONNECT and keeps the heart-beats; it never carries a
 * message between peers, since rooms do. Spring has one of these to an application: one that has STOMP of its own cannot
 * have ours as well.
 */
@AutoConfiguration(after = {TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableWebSocketMessageBroker
@EnableConfigurationProperties(SignalingProperties.class)
class SignalingConfiguration implements WebSocketMessageBrokerConfigurer {

    /** Where the WebSocket is. */
    static final String PATH = "/__/peerhost/signaling";

    /** The largest STOMP frame, in bytes. */
    static final int FRAME_LIMIT = 256 * 1024;

    /** Bounds for what Spring itself sends: CONNECTED, receipts of DISCONNECT, heart-beats. */
    private static final int SEND_TIME_LIMIT_MS = 10_000;

    private static final int SEND_BUFFER_LIMIT = 64 * 1024;

    /** The bytes of messages that are kept for all peers, should they have to be sent again. */
    private static final long MAILBOXES_LIMIT = 64L * 1024 * 1024;

    private final SignalingProperties properties;
    private final Frames frames;
    private final SignalingCounts counts = new SignalingCounts();
    private final Places places;
    private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    private final AsyncTaskExecutor threads = virtualThreads();
    private final Writers writers = new Writers(threads);
    private final RoomController controller;

    SignalingConfiguration(SignalingProperties properties, Rooms rooms, JsonMapper json, ListableBeanFactory beans) {
        requireNoOther(beans);
        this.properties = properties;
        this.frames = new Frames(json);
        this.controller = new RoomController(rooms, json);
        Mailbox.Memory memory = new Mailbox.Memory(MAILBOXES_LIMIT);
        this.places = new Places(
                properties.resumeTimeout(),
                scheduler,
                () -> new StompPeer(frames, memory, counts, rooms, properties.roomsPerSession()));
        scheduler.setThreadNamePrefix("signaling-timer-");
        scheduler.setDaemon(true);
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.initialize();
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry registry) {
        registry.setErrorHandler(new FrameErrors(FRAME_LIMIT));
        registry.addEndpoint(PATH)
                // Spring's own check would answer without a sentence: ours decides.
                .setAllowedOriginPatterns("*")
                .setHandshakeHandler(new DefaultHandshakeHandler(new SignalingUpgradeStrategy()))
                .addInterceptors(new OriginCheck(properties.allowedOrigins()));
    }

    @Override
    public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
        registration
                .setMessageSizeLimit(FRAME_LIMIT)
                .setSendTimeLimit(SEND_TIME_LIMIT_MS)
                .setSendBufferSizeLimit(SEND_BUFFER_LIMIT)
                .addDecoratorFactory(handler -> new SignalingSocket(
                        handler, properties.connectTimeout(), scheduler, writers, threads, controller, frames, counts));
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry registry) {
        long heartbeat = properties.heartbeat().toMillis();
        registry.setApplicationDestinationPrefixes("/app")
                .enableSimpleBroker("/queue")
                .setHeartbeatValue(new long[] {heartbeat, heartbeat})
                .setTaskScheduler(scheduler);
    }

    /** On the socket's own thread: that alone keeps the order, and a failure reaches {@link FrameErrors}. */
    @Override
    public void configureClientInboundChannel(ChannelRegistration registration) {
        registration.executor(new SyncTaskExecutor()).interceptors(new InboundGuard(this::admit, places, controller));
    }

    /** On any thread, since all that it does is to put into an outbox: CONNECTED stands there before the next frame is read. */
    @Override
    public void configureClientOutboundChannel(ChannelRegistration registration) {
        registration.executor(new SyncTaskExecutor());
    }

    @Bean
    static SignalingProtocol.Choice signalingProtocol() {
        return new SignalingProtocol.Choice();
    }

    @Bean
    SignalingMetrics signalingMetrics() {
        return new SignalingMetrics(counts, places);
    }

    @EventListener
    void ended(SessionDisconnectEvent event) {
        StompSession session = StompSession.find(SimpMessageHeaderAccessor.getSessionAttributes(
                event.getMessage().getHeaders()));
        if (session != null) {
            places.lost(session);
        }
    }

    private void admit(Map<String, Object> attributes, @Nullable String resume, long lastSeq) {
        OpenSocket socket = OpenSocket.find(attributes);
        if (socket != null) {
            places.enter(resume, lastSeq, frames, socket.outbox()).attach(attributes);
        }
    }

    /** Each configurer would change what the other's frames go through: better no start than one that half works. */
    private static void requireNoOther(ListableBeanFactory beans) {
        for (String name : beans.getBeanNamesForType(WebSocketMessageBrokerConfigurer.class, true, false)) {
            Class<?> type = Objects.requireNonNull(beans.getType(name, false));
            if (type != SignalingConfiguration.class && !type.getName().startsWith("org.springframework.boot.")) {
                throw new SecondBrokerException(
                        "The bean \"%s\" configures STOMP over WebSocket, and Spring has that once per application, where Peerhost's signaling needs it; run Peerhost as a server of its own beside this application, or replace the bean by plain WebSocket handlers."
                                .formatted(name));
            }
        }
    }

    private static SimpleAsyncTaskExecutor virtualThreads() {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("signaling-writer-");
        executor.setVirtualThreads(true);
        return executor;
    }
}
