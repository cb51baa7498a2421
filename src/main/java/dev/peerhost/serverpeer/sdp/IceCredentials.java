package dev.peerhost.serverpeer.sdp;

import dev.peerhost.room.Rejection;
import java.util.regex.Pattern;

/**
 * What one side's ICE session is known by (RFC 8839 section 5.4); new ones make an ICE restart.
 *
 * @param ufrag the user name fragment, 4 to 256 characters
 * @param pwd the password, 22 to 256 characters
 */
public record IceCredentials(String ufrag, String pwd) {

    static final String UFRAG = "a=ice-ufrag:";
    static final String PWD = "a=ice-pwd:";

    private static final Pattern VALID_UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern VALID_PWD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

    /**
     * Those in an SDP.
     *
     * @throws Rejection {@code BAD_BODY} when they are missing, malformed, or there are several
     */
    public static IceCredentials of(SdpLines sdp) {
        return new IceCredentials(
                sdp.one(UFRAG, VALID_UFRAG.asMatchPredicate()), sdp.one(PWD, VALID_PWD.asMatchPredicate()));
    }

    /** The line with these in place of another's, if it has any in it. */
    public String replaceIn(String line) {
        if (line.startsWith(UFRAG)) {
            return UFRAG + ufrag;
        }
        return line.startsWith(PWD) ? PWD + pwd : line;
    }
}
