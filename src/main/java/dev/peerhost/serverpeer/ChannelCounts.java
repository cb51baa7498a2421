package dev.peerhost.serverpeer;

import java.util.concurrent.atomic.LongAdder;

/** What has gone over one channel; counting neither waits nor locks, so native callbacks may do it. */
final class ChannelCounts {

    private final LongAdder messagesReceived = new LongAdder();
    private final LongAdder bytesReceived = new LongAdder();
    private final LongAdder messagesSent = new LongAdder();
    private final LongAdder bytesSent = new LongAdder();

    /** A message of so many bytes has come. */
    void received(int bytes) {
        messagesReceived.increment();
        bytesReceived.add(bytes);
    }

    /** How many bytes have come. */
    long bytesReceived() {
        return bytesReceived.sum();
    }

    /** A message of so many bytes was accepted. */
    void sent(int bytes) {
        messagesSent.increment();
        bytesSent.add(bytes);
    }

    /** The counts with the rest of what is reported. */
    ChannelReport report(
            String label, String protocol, ChannelOptions options, String state, long bufferedAmount, long queued) {
        return new ChannelReport(
                label,
                protocol,
                options,
                state,
                messagesReceived.sum(),
                bytesReceived.sum(),
                messagesSent.sum(),
                bytesSent.sum(),
                bufferedAmount,
                queued);
    }
}
