package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a link's connection stays, which is never left to ICE alone: it has 30 s to connect, 20 s to restart ICE
 * after it has failed, and some time without a channel. Belongs to the operations of one link.
 */
final class Lifetime {

    private static final Logger log = LoggerFactory.getLogger(Lifetime.class);

    private static final Duration TO_CONNECT = Duration.ofSeconds(30);
    private static final Duration TO_RESTART = Duration.ofSeconds(20);

    /** In a room presence tells when a browser leaves; over HTTP the end of its last channel is all that there is. */
    private static final Duration WITHOUT_CHANNEL = Duration.ofSeconds(30);

    private static final Duration WITHOUT_CHANNEL_OVER_HTTP = Duration.ofSeconds(1);

    private final ConnectionOwner owner;
    private final Deadline deadline;
    private final Runnable close;
    private boolean used;

    /**
     * Of a link without a connection.
     *
     * @param close what ends the link
     */
    Lifetime(ConnectionOwner owner, Deadline deadline, Runnable close) {
        this.owner = owner;
        this.deadline = deadline;
        this.close = close;
    }

    /** There is a new connection, in place of the one before. */
    void begin() {
        used = false;
        closeAfter(TO_CONNECT, "it did not connect");
    }

    /** The connection's state has changed, or the number of its channels. */
    void changed(RTCPeerConnectionState state, int channels) {
        used |= channels > 0;
        boolean over = used && channels == 0;
        switch (state) {
            case NEW, CONNECTING -> closeAfter(TO_CONNECT, "it did not connect");
            case CONNECTED -> {
                if (over) {
                    closeAfter(
                            owner.id().room() == null ? WITHOUT_CHANNEL_OVER_HTTP : WITHOUT_CHANNEL,
                            "its last channel closed");
                } else if (used) {
                    deadline.cancel();
                }
            }
            case DISCONNECTED, FAILED -> {
                if (over) {
                    close("its last channel closed and it is interrupted");
                } else if (state == RTCPeerConnectionState.FAILED) {
                    closeAfter(TO_RESTART, "it failed and ICE was not restarted");
                }
            }
            case CLOSED -> close("the browser closed it");
        }
    }

    /** Nothing is waited for any more. */
    void end() {
        deadline.cancel();
    }

    private void closeAfter(Duration time, String why) {
        deadline.set(time, () -> close(why));
    }

    private void close(String why) {
        log.debug("Closed {}: {}", owner.id(), why);
        close.run();
    }
}
