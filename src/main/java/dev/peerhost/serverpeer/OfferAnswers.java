package dev.peerhost.serverpeer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What the answers about a connection over HTTP have in common. */
final class OfferAnswers {

    /** What a PATCH takes. */
    static final List<MediaType> PATCHED = List.of(OfferBody.FRAGMENT, OfferBody.SDP);

    /** In seconds. */
    static final long LONGEST_WAIT = 15;

    private OfferAnswers() {}

    /** With the entity-tag of the ICE session that there is, and how to change it. */
    static ResponseEntity.BodyBuilder about(HttpPeer peer, ResponseEntity.BodyBuilder answer) {
        return answer.eTag(peer.entityTag()).header(HttpHeaders.ACCEPT_PATCH, MediaType.toString(PATCHED));
    }

    /** With SDP, or a part of it, as its body. */
    static ResponseEntity<Object> sdp(ResponseEntity.BodyBuilder answer, MediaType type, String sdp) {
        // Bytes, since a string would be given a charset, which these types do not have.
        return answer.contentType(type).body(sdp.getBytes(StandardCharsets.UTF_8));
    }

    /** What an address takes (RFC 9110 section 9.3.7). */
    static ResponseEntity<Void> options(String methods, String header, List<MediaType> types) {
        return ResponseEntity.noContent()
                .header(HttpHeaders.ALLOW, methods)
                .header(header, MediaType.toString(types))
                .build();
    }

    /**
     * Demands that a request is about the ICE session that there is (RFC 9725 section 4.3.1).
     *
     * @param ifMatch the header If-Match, or null; {@code *} is whichever there is
     * @throws HttpRefusal 428 without it, 412 when it is about another
     */
    static void requireMatch(@Nullable String ifMatch, String entityTag) {
        if (ifMatch == null) {
            throw HttpRefusal.preconditionRequired();
        }
        boolean matches = ETag.parse(ifMatch).stream()
                .anyMatch(tag ->
                        tag.isWildcard() || (!tag.weak() && tag.formattedTag().equals(entityTag)));
        if (!matches) {
            throw HttpRefusal.preconditionFailed(entityTag);
        }
    }
}
