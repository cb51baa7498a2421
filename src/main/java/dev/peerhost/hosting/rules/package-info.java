/** What {@code firebase.json} says: read once into typed rules, each with its line, or refused with a sentence. */
@NullMarked
package dev.peerhost.hosting.rules;

import org.jspecify.annotations.NullMarked;
