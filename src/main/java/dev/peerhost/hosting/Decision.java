package dev.peerhost.hosting;

/** What the answer to one request is; {@link Site#decide} takes it, {@link SiteHandler} carries it out. */
sealed interface Decision {

    /** The file, with this status: 200, or 404 for the site's own page about a missing one. */
    record Serve(Content content, int status) implements Decision {}

    /** Ask for this path instead, by the same query. */
    record Redirect(int status, String path) implements Decision {}

    /** Answer with what this path of the server answers, without the visitor's noticing. */
    record Rewrite(String destination) implements Decision {}

    /** No file and no rule: a sentence about why. */
    record Refuse(int status, String sentence) implements Decision {}
}
