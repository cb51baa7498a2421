package dev.peerhost.channel;

/** What became of a message given to {@link Channel#send}. */
public enum SendResult {
    /** It is on its way. */
    ACCEPTED,
    /** Too much waits to be sent, or the connection is interrupted; await writability and send it again. */
    WOULD_BLOCK,
    /** It is larger than the other end takes: 64 MiB with the library, else RFC 8841 section 6 and 262,144 bytes. */
    TOO_LARGE,
    /** The channel is closing or closed. */
    CLOSED
}
