package dev.peerhost;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says in one sentence why an application that uses the library cannot start because of us. All else is Spring Boot's and
 * that application's to tell.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class HostStartProblems implements FailureAnalyzer {

    private static final String OURS = "peerhost.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        String sentence = StartSentences.find(failure, cause -> StartSentences.of(cause, OURS));
        return sentence == null ? null : new FailureAnalysis(sentence, null, failure);
    }
}
