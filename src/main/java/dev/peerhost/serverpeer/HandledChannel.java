package dev.peerhost.serverpeer;

import dev.peerhost.channel.Channel;
import java.time.Duration;

/** A channel as its handler has it, with what the server asks of it. */
interface HandledChannel extends Channel {

    /**
     * Closes it, with a line in the log; for native callbacks.
     *
     * @return false when that is under way already
     */
    boolean closeSoon(String why);

    /** Whether {@link #close} was called; then its handler gets no more messages. */
    boolean isClosedByUs();

    /** How much waits for its handler, in bytes as they count against the limit. */
    long waiting();

    /** Its handler is too far behind: forgets what waits. */
    void fallBehind();

    /** Looks for a reader that takes nothing; called every second. It only submits operations. */
    void check(Duration patience);
}
