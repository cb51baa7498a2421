package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a request about an offer, of at most 64 KiB.
 *
 * @param type which of the accepted types it has
 */
record OfferBody(MediaType type, String text) {

    static final MediaType SDP = new MediaType("application", "sdp");
    static final MediaType FRAGMENT = new MediaType("application", "trickle-ice-sdpfrag");

    private static final int LARGEST = 64 * 1024;

    /**
     * Reads it.
     *
     * @param refusal for a body of a type that is not accepted
     * @throws Rejection {@code TOO_LARGE}
     */
    static OfferBody read(HttpServletRequest request, List<MediaType> accepted, HttpRefusal refusal)
            throws IOException {
        MediaType type = type(request.getContentType());
        MediaType known = accepted.stream()
                .filter(candidate -> type != null && candidate.equalsTypeAndSubtype(type))
                .findFirst()
                .orElseThrow(() -> refusal);
        long announced = request.getContentLengthLong();
        byte[] body =
                announced > LARGEST ? new byte[0] : request.getInputStream().readNBytes(LARGEST + 1);
        long size = Math.max(announced, body.length);
        if (size > LARGEST) {
            throw Rejection.tooLarge("body", size, LARGEST);
        }
        return new OfferBody(known, new String(body, StandardCharsets.UTF_8));
    }

    /**
     * The SDP of an offer, which is the body itself or in a {@code RTCSessionDescriptionInit} (W3C WebRTC section 4.7.2).
     *
     * @throws Rejection {@code BAD_BODY}
     */
    String sdp(JsonMapper json) {
        return type.equals(SDP) ? text : sdp(tree(json));
    }

    private JsonNode tree(JsonMapper json) {
        try {
            return json.readTree(text);
        } catch (JacksonException malformed) {
            throw Rejection.badBody("The body is not JSON (%s); send {\"type\":\"offer\",\"sdp\":\"v=0…\"}."
                    .formatted(malformed.getOriginalMessage()));
        }
    }

    private static String sdp(JsonNode offer) {
        if (!offer.path("type").asString("").equals("offer")) {
            throw Rejection.badBody("The body's \"type\" must be \"offer\"; send what createOffer() made.");
        }
        if (!offer.path("sdp").isString()) {
            throw Rejection.badBody("The body's \"sdp\" must be a string; send the sdp of localDescription.");
        }
        return offer.path("sdp").asString();
    }

    private static @Nullable MediaType type(@Nullable String contentType) {
        try {
            return contentType == null ? null : MediaType.parseMediaType(contentType);
        } catch (InvalidMediaTypeException malformed) {
            return null;
        }
    }
}
