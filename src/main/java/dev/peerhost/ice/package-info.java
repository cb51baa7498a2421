/** The STUN and TURN servers that browsers and the server's own peer alike are told to use. */
@NullMarked
package dev.peerhost.ice;

import org.jspecify.annotations.NullMarked;
