/** The application: how it starts, and how it says that it cannot. */
@NullMarked
package dev.peerhost;

import org.jspecify.annotations.NullMarked;
