package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.HeaderRule;
import java.util.List;

/**
 * All that a site has decided about one request.
 *
 * @param headers that its rules add to the answer, in their order; a later one replaces an earlier one
 * @param by which rule or setting it was, in a few words
 */
record Verdict(Decision decision, List<HeaderRule.Field> headers, String by) {}
