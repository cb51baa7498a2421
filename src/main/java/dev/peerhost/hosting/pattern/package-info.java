/**
 * What the rules of a site say of paths: globs, regular expressions, and destinations with captures. Whatever is matched
 * takes time in proportion to its length: nothing here backtracks.
 */
@NullMarked
package dev.peerhost.hosting.pattern;

import org.jspecify.annotations.NullMarked;
