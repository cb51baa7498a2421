package dev.peerhost.hosting;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.peerhost.hosting.rules.HeaderRule;
import dev.peerhost.hosting.rules.RuleId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a path is answered as it is.
 *
 * @param path that was asked for, with its query
 * @param status of the answer, or 0 when another program decides
 * @param by which rule or setting decided
 * @param location where a redirect leads
 * @param headers that rules add
 * @param steps in the order in which they were taken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Explanation(
        String path,
        int status,
        String by,
        @Nullable String location,
        List<HeaderRule.Field> headers,
        List<Step> steps) {

    /**
     * One step.
     *
     * @param stage {@code path}, {@code redirects}, {@code headers}, {@code reserved}, {@code files}, {@code rewrites} or
     *     {@code missing}
     * @param index of the rule in its list, from 0
     * @param line of the rule in {@code firebase.json}, from 1
     * @param source of the rule
     * @param taken whether it had an effect
     * @param what came of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Step(
            String stage,
            @Nullable Integer index,
            @Nullable Integer line,
            @Nullable String source,
            boolean taken,
            String what) {}

    /** Asks a site. */
    static Explanation of(Site site, SiteRequest request) {
        List<Step> steps = new ArrayList<>();
        Verdict verdict = site.decide(request, (stage, rule, taken, what) -> steps.add(step(stage, rule, taken, what)));
        String location = verdict.decision() instanceof Decision.Redirect(int ignored, String target) ? target : null;
        return new Explanation(
                request.path() + request.search(),
                status(verdict.decision()),
                verdict.by(),
                location,
                verdict.headers(),
                steps);
    }

    private static Step step(String stage, @Nullable RuleId rule, boolean taken, String what) {
        return rule == null
                ? new Step(stage, null, null, null, taken, what)
                : new Step(stage, rule.index(), rule.line(), rule.source(), taken, what);
    }

    private static int status(Decision decision) {
        return switch (decision) {
            case Decision.Serve serve -> serve.status();
            case Decision.Redirect redirect -> redirect.status();
            case Decision.Refuse refuse -> refuse.status();
            case Decision.Forward ignored -> 200;
            case Decision.Proxy ignored -> 0;
        };
    }
}
