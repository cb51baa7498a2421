/**
 * The STOMP edge of the rooms: STOMP 1.2 over WebSocket at {@code /__/peerhost/signaling}. {@code docs/protocol.md} is
 * its contract.
 *
 * <p>Inbound frames are handled on the socket's own thread, one after the other, by code that never waits; outbound
 * messages leave through one bounded queue per session. That is all that keeps the order.
 */
@NullMarked
package dev.peerhost.signaling;

import org.jspecify.annotations.NullMarked;
