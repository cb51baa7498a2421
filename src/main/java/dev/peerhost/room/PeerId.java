package dev.peerhost.room;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The name of a peer, given by the server and never by a client: 1 to 64 of {@code A-Z a-z 0-9 _ -}.
 *
 * @param value the id itself
 */
public record PeerId(String value) {

    private static final int RANDOM_BYTES = 16;
    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The server's own peer, in every room. */
    public static final PeerId SERVER = new PeerId("server");

    /**
     * Refuses an id that no server can have given.
     *
     * @throws Rejection with code {@link Rejection.Code#UNKNOWN_PEER}
     */
    public PeerId {
        if (!VALID.matcher(value).matches()) {
            throw Rejection.malformedPeer();
        }
    }

    /** A new id that cannot be guessed: 128 random bits in base64url (RFC 4648 section 5), 22 characters. */
    public static PeerId random() {
        byte[] bits = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bits);
        return new PeerId(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    @Override
    public String toString() {
        return value;
    }
}
