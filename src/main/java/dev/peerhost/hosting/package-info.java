/**
 * A site's files over HTTP: one {@link dev.peerhost.hosting.Site} decides once per request what its answer is, and one
 * handler gives it.
 *
 * <p>The path {@code /__/peerhost/…} is never a site's; any other path is always the site's in the
 * executable. In an application that uses the library, its own handlers and files come first.
 */
@NullMarked
package dev.peerhost.hosting;

import org.jspecify.annotations.NullMarked;
