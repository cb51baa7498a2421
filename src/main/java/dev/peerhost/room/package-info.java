/**
 * Rooms and the peers in them: who is present, and how a signal gets from one to another.
 *
 * <p>The whole of routing is {@code rooms.require(roomId).route(signal)}. A room knows its peers; a peer knows how it
 * is reached. Nothing here does I/O, and nothing here knows what kind of peer it delivers to.
 */
@NullMarked
package dev.peerhost.room;

import org.jspecify.annotations.NullMarked;
