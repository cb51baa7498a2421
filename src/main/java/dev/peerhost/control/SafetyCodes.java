package dev.peerhost.control;

import dev.peerhost.channel.DtlsFingerprints;
import org.jspecify.annotations.Nullable;

/** The safety codes that browsers have asked for. */
@FunctionalInterface
public interface SafetyCodes {

    /**
     * The code of a connection.
     *
     * @param connection which one
     * @return five words, which the browser shows too; null when it has not asked
     */
    @Nullable
    String of(DtlsFingerprints connection);
}
