/**
 * What a data channel at the server's own peer is to whoever answers on it: a channel, its messages and the handlers
 * that labels pick. Nothing here knows how a channel is transported.
 */
@NullMarked
package dev.peerhost.channel;

import org.jspecify.annotations.NullMarked;
