/** Which addresses and ports connections use, on both ends. */
@NullMarked
package dev.peerhost.serverpeer.network;

import org.jspecify.annotations.NullMarked;
