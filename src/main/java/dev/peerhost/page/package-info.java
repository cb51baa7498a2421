/**
 * What the server shows of itself: the built-in site, and under {@code /__/peerhost/} the same pages, the client library,
 * its configuration and the server's health.
 */
@NullMarked
package dev.peerhost.page;

import org.jspecify.annotations.NullMarked;
