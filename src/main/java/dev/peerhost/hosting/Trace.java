package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.RuleId;
import org.jspecify.annotations.Nullable;

/** Is told of each step on the way to a decision. */
@FunctionalInterface
interface Trace {

    /** Nobody wants to know. */
    Trace NONE = (stage, rule, taken, what) -> {};

    /**
     * One step.
     *
     * @param stage as {@code redirects} or {@code files}
     * @param rule that was tried, if it was one
     * @param taken whether it had an effect
     * @param what came of it
     */
    void step(String stage, @Nullable RuleId rule, boolean taken, String what);
}
