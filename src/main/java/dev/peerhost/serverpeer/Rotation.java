package dev.peerhost.serverpeer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a {@link Generation} is spent, if ever: only one version of the library needs it. */
final class Rotation {

    private static final Logger log = LoggerFactory.getLogger(Rotation.class);

    /** {@code peerhost.peer.generation.rotation}. */
    enum Mode {
        /** With the version of the library that needs it. */
        AUTO,
        /** Never. */
        OFF
    }

    private final boolean on;
    private final boolean leaks;
    private final GenerationLimits limits;
    private final String sentence;
    private final AtomicBoolean announced = new AtomicBoolean();

    private Rotation(boolean on, boolean leaks, GenerationLimits limits, String sentence) {
        this.on = on;
        this.leaks = leaks;
        this.limits = limits;
        this.sentence = sentence;
    }

    /** Decides whether generations follow one another; nothing of the native library is touched. */
    static Rotation choose(GenerationLimits limits) {
        return choose(limits, LibraryVersion.read());
    }

    /**
     * The same for a version of the library.
     *
     * @param version or null when the jar does not tell
     */
    static Rotation choose(GenerationLimits limits, @Nullable String version) {
        boolean leaks = LibraryVersion.LEAKING.equals(version);
        if (limits.rotation() == Mode.OFF) {
            return new Rotation(
                    false,
                    leaks,
                    limits,
                    "What the WebRTC library keeps of each message is not freed: peerhost.peer.generation.rotation is off");
        }
        if (!leaks) {
            return new Rotation(
                    false,
                    false,
                    limits,
                    "Engine generations do not rotate: webrtc-java %s needs that, and this is %s"
                            .formatted(LibraryVersion.LEAKING, LibraryVersion.name(version)));
        }
        return new Rotation(
                true,
                true,
                limits,
                "An engine generation ends after %,d connections, %,d messages or %s, as webrtc-java %s needs"
                        .formatted(
                                limits.maxConnections(),
                                limits.maxMessages(),
                                limits.maxAge(),
                                LibraryVersion.LEAKING));
    }

    /** Says in the log what was decided, once; for when there is a first generation that it is about. */
    void announce() {
        if (announced.compareAndSet(false, true)) {
            log.info(sentence);
        }
    }

    /** Whether the library keeps something of each message. */
    boolean isNeeded() {
        return leaks;
    }

    /** Whether generations follow one another. */
    boolean isOn() {
        return on;
    }

    /**
     * Whether a generation has had enough.
     *
     * @param connections that it has had
     * @param messages that it has received
     * @param nanos since its first connection
     */
    boolean isSpent(long connections, long messages, long nanos) {
        return on
                && (connections >= limits.maxConnections()
                        || messages >= limits.maxMessages()
                        // Whatever the limit says, one alone may not use the budget of all up and stay.
                        || messages >= limits.budgetMessages()
                        || (connections > 0 && nanos >= limits.maxAge().toNanos()));
    }

    /** Whether so many messages of all generations are more than the budget for what is kept of them. */
    boolean isOverBudget(long messages) {
        return on && messages >= limits.budgetMessages();
    }

    /** How long a connection has to move on once it was asked. */
    Duration within() {
        return limits.reconnectWithin();
    }
}
