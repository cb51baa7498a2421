package dev.peerhost.serverpeer;

/**
 * How one channel is. Counts are since it opened, in messages and bytes.
 *
 * @param label the name in it, which picks the handler; without the parameters
 * @param protocol the subprotocol, empty where there is none
 * @param options how it was opened
 * @param state its {@code readyState} (W3C WebRTC section 6.2)
 * @param messagesReceived that have come
 * @param bytesReceived that have come
 * @param messagesSent that were accepted
 * @param bytesSent that were accepted
 * @param bufferedAmount bytes that wait to be sent
 * @param queued what waits for the handler, in bytes and {@link HandlerCalls}'s addition for each message
 */
record ChannelReport(
        String label,
        String protocol,
        ChannelOptions options,
        String state,
        long messagesReceived,
        long bytesReceived,
        long messagesSent,
        long bytesSent,
        long bufferedAmount,
        long queued) {}
