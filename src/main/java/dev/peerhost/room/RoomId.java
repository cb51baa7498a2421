package dev.peerhost.room;

import java.util.regex.Pattern;

/**
 * The name of a room as it stands in URLs and destinations: 1 to 64 of {@code A-Z a-z 0-9 _ -}.
 *
 * @param value the name itself
 */
public record RoomId(String value) {

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * Refuses a name that is empty, too long or has other characters.
     *
     * @throws Rejection with code {@link Rejection.Code#BAD_ROOM}
     */
    public RoomId {
        if (!VALID.matcher(value).matches()) {
            throw Rejection.badRoom();
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
