/**
 * The server's own WebRTC peer: the only place that knows the native library.
 *
 * <p>Thread rules. A callback of the native library never runs a handler, never blocks and never calls a native method:
 * it copies and enqueues. No lock is held across a native call. Everything about one connection happens in that
 * connection's {@code Operations}, one after another.
 */
@NullMarked
package dev.peerhost.serverpeer;

import org.jspecify.annotations.NullMarked;
