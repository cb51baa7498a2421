/** How much of the server's own peer one address and one connection may have. */
@NullMarked
package dev.peerhost.serverpeer.limit;

import org.jspecify.annotations.NullMarked;
