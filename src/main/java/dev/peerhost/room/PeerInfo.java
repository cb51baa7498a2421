package dev.peerhost.room;

import org.jspecify.annotations.Nullable;

/**
 * What the others in a room are told about a peer.
 *
 * @param id who it is
 * @param name the name to show, 1 to 64 characters (Unicode code points), or null when it gave none
 * @param kind what it is
 */
public record PeerInfo(PeerId id, @Nullable String name, Kind kind) {

    /** A browser (or any other client), or the server's own peer. */
    public enum Kind {
        BROWSER,
        SERVER
    }

    private static final int LONGEST_NAME = 64;

    /**
     * Refuses a name that is blank, too long or has control characters.
     *
     * @throws Rejection with code {@link Rejection.Code#BAD_BODY}
     */
    public PeerInfo {
        if (name != null && !isDisplayable(name)) {
            throw Rejection.badBody("\"name\" must have 1 to 64 characters, not all blank and none of them a control"
                    + " character; shorten it, or leave it out.");
        }
    }

    private static boolean isDisplayable(String name) {
        return !name.isBlank()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.codePoints().noneMatch(Character::isISOControl);
    }
}
