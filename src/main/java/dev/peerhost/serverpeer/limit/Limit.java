package dev.peerhost.serverpeer.limit;

/** What there is a limit on, see {@link PeerLimits}. */
public enum Limit {
    CONNECTIONS,
    CONNECTIONS_PER_ADDRESS,
    OFFERS_PER_SECOND,
    CHANNELS_PER_CONNECTION,
    LABEL_LENGTH,
    PROTOCOL_LENGTH,
    IDLE_TIME,
    LIFE_TIME,
    MESSAGES_PER_SECOND,
    BYTES_PER_SECOND
}
