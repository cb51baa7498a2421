package dev.peerhost.ice;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A STUN or TURN server, as {@code RTCIceServer} has it (W3C WebRTC section 4.2.4).
 *
 * @param urls one or more addresses of it, {@code stun:host:port} (RFC 7064) or {@code turn:host:port?transport=udp}
 *     (RFC 7065)
 * @param username for TURN
 * @param credential for TURN, the password; browsers get to see it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IceServer(
        @DefaultValue List<String> urls,
        @Nullable String username,
        @Nullable String credential) {

    private static final String HOST = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?";
    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST);
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST + "(?:\\?transport=(?:udp|tcp))?");

    /**
     * Refuses what no browser takes.
     *
     * @throws IllegalArgumentException with a sentence, when there is no address, one is malformed, or one of TURN comes
     *     without user name and credential
     */
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("An ICE server needs \"urls\", for example stun:192.0.2.1:3478.");
        }
        for (String url : urls) {
            boolean turn = TURN.matcher(url).matches();
            if (!turn && !STUN.matcher(url).matches()) {
                throw new IllegalArgumentException(
                        "\"%s\" is no address of an ICE server; write stun:host:port or turn:host:port?transport=udp."
                                .formatted(url));
            }
            if (turn && (username == null || credential == null)) {
                throw new IllegalArgumentException(
                        "The TURN server \"%s\" needs a username and a credential.".formatted(url));
            }
        }
    }

    /** Without the credential, so that it reaches no log. */
    @Override
    public String toString() {
        return "IceServer[urls=%s, username=%s]".formatted(urls, username);
    }
}
