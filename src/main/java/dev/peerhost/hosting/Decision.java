package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.RewriteRule;

/** What the answer to one request is; {@link Site#decide} takes it, {@link SiteHandler} carries it out. */
sealed interface Decision {

    /** The file, with this status: 200, or 404 for the site's own page about a missing one. */
    record Serve(Content content, int status) implements Decision {}

    /** Ask elsewhere instead. */
    record Redirect(int status, String location) implements Decision {}

    /** Answer with what this path of the server answers, without the visitor's noticing. */
    record Forward(String path) implements Decision {}

    /** Answer with what a program elsewhere answers. */
    record Proxy(RewriteRule.ToService service) implements Decision {}

    /** No file and no rule: a sentence about why. */
    record Refuse(int status, String sentence) implements Decision {}
}
