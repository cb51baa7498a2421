/** What browsers say of their side of a connection: read, bounded and refused here, before native code sees it. */
@NullMarked
package dev.peerhost.serverpeer.sdp;

import org.jspecify.annotations.NullMarked;
