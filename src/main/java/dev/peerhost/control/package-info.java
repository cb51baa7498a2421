/**
 * What the client library asks the server's own peer about their connection itself, on a channel of its own: whether it is
 * there, and for the safety code.
 */
@NullMarked
package dev.peerhost.control;

import org.jspecify.annotations.NullMarked;
