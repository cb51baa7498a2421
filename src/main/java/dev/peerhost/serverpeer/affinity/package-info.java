/** Which processor the threads that hand messages to each other run on. */
@NullMarked
package dev.peerhost.serverpeer.affinity;

import org.jspecify.annotations.NullMarked;
