package dev.peerhost.channel;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sending for handlers that wait for a slow reader, up to a limit. */
final class Replies {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    /** How long there may be no room before a channel is closed. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Replies() {}

    /**
     * Sends, waiting for room if need be. A message that cannot be sent closes the channel with a line in the log, so
     * that the other end sees an end and never a gap.
     *
     * @return whether it was sent
     */
    static boolean send(Channel channel, ChannelMessage message) throws InterruptedException {
        boolean waited = false;
        while (true) {
            switch (channel.send(message)) {
                case ACCEPTED -> {
                    return true;
                }
                case CLOSED -> {
                    return false;
                }
                case TOO_LARGE -> {
                    return refuse(
                            channel, "a message of %,d bytes is more than it takes".formatted(message.bytes().length));
                }
                case WOULD_BLOCK -> {
                    if (waited) {
                        return refuse(
                                channel,
                                "there was no room to send for %d s: its reader takes nothing, or the network is down"
                                        .formatted(PATIENCE.toSeconds()));
                    }
                    // After a wait in vain once more: the channel may have closed meanwhile, and that is no slow
                    // reader.
                    waited = !channel.awaitWritable(PATIENCE);
                }
            }
        }
    }

    /** Closes a channel and says why. */
    static boolean refuse(Channel channel, String why) {
        log.info(
                "Closed the channel {} of peer {} in room {}: {}.",
                channel.label(),
                channel.peer(),
                channel.room(),
                why);
        channel.close();
        return false;
    }
}
