package dev.peerhost.serverpeer.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The limits that are set, and how often each was exceeded since the start. */
public final class Limits {

    private final PeerLimits settings;
    private final Map<Limit, Long> exceeded = new ConcurrentHashMap<>();

    public Limits(PeerLimits settings) {
        this.settings = settings;
    }

    public PeerLimits settings() {
        return settings;
    }

    /** A limit and its value, for people. */
    public String describe(Limit limit) {
        return switch (limit) {
            case CONNECTIONS -> "the number of connections";
            case CONNECTIONS_PER_ADDRESS -> "%,d connections per address".formatted(settings.connectionsPerAddress());
            case OFFERS_PER_SECOND -> "%,d offers a second per address".formatted(settings.offersPerSecond());
            case CHANNELS_PER_CONNECTION -> "%,d channels".formatted(settings.channelsPerConnection());
            case LABEL_LENGTH -> "%,d bytes of label".formatted(settings.labelLength());
            case PROTOCOL_LENGTH -> "%,d bytes of protocol".formatted(settings.protocolLength());
            case IDLE_TIME ->
                "%,d s without a message".formatted(settings.idleTime().toSeconds());
            case LIFE_TIME -> "%,d s of life".formatted(settings.lifeTime().toSeconds());
            case MESSAGES_PER_SECOND -> "%,d messages a second".formatted(settings.messagesPerSecond());
            case BYTES_PER_SECOND ->
                "%,d bytes a second".formatted(settings.bytesPerSecond().toBytes());
        };
    }

    /** Counts that somebody wanted more than a limit allows. */
    public void count(Limit limit) {
        exceeded.merge(limit, 1L, Long::sum);
    }

    /** How often that was. */
    public long exceeded(Limit limit) {
        return exceeded.getOrDefault(limit, 0L);
    }
}
