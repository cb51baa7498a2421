/**
 * The data channel protocol {@code peerhost.1} (docs/protocol.md): numbered, acknowledged and replayed frames, and
 * messages larger than one frame. Pure state: nothing here sends, waits or knows what carries the frames.
 */
@NullMarked
package dev.peerhost.delivery;

import org.jspecify.annotations.NullMarked;
