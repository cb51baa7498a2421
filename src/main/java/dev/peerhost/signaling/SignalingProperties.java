package dev.peerhost.signaling;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code peerhost.signaling.*}.
 *
 * @param allowedOrigins origins, besides our own, whose pages may open the WebSocket, such as
 *     {@code https://app.example.com}
 * @param roomsPerSession how many rooms a session may be in at once, 1 to 1,000
 * @param connectTimeout how long a socket may stay without a CONNECT frame, 100 ms to 1 min
 * @param heartbeat how often we send a heart-beat, and expect one, 1 s to 5 min (STOMP 1.2, "Heart-beating"); a client
 *     has lost its socket when it missed three
 * @param resumeTimeout how long a peer that lost its socket keeps its place in rooms, 0 to 10 min; with 0 it is lost at
 *     once
 */
@Validated
@ConfigurationProperties("peerhost.signaling")
record SignalingProperties(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("32") @Min(1) @Max(1000) int roomsPerSession,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration connectTimeout,

        @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(minutes = 5)
        Duration heartbeat,

        @DefaultValue("15s") @DurationMin(millis = 0) @DurationMax(minutes = 10)
        Duration resumeTimeout) {}
