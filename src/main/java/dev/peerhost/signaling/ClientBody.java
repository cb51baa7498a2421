package dev.peerhost.signaling;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON object that a client sent, read member by member so that a refusal can name the one that is wrong. Members
 * that nobody asks for, a {@code from} among them, are ignored.
 */
final class ClientBody {

    /** The longest SDP, in bytes of UTF-8. */
    static final int SDP_LIMIT = 32 * 1024;

    /** The longest candidate attribute, in bytes of UTF-8; real ones have about 150. */
    static final int CANDIDATE_LIMIT = 2 * 1024;

    /** The longest {@code sdpMid} and {@code usernameFragment} (RFC 8839 section 5.4 allows 256), in bytes of UTF-8. */
    static final int IDENTIFIER_LIMIT = 256;

    /** What one {@code char} takes at most in UTF-8. */
    private static final int MOST_BYTES = 3;

    private final JsonNode object;

    private ClientBody(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads a body; an empty one counts as {@code {}}.
     *
     * @throws Rejection {@code BAD_BODY} for anything but a JSON object
     */
    static ClientBody parse(String payload, JsonMapper json) {
        try {
            JsonNode node = payload.isEmpty() ? json.createObjectNode() : json.readTree(payload);
            if (node.isObject()) {
                return new ClientBody(node);
            }
        } catch (JacksonException malformed) {
            throw Rejection.badBody("The body is no JSON (RFC 8259): %s; send a JSON object."
                    .formatted(malformed.getOriginalMessage()));
        }
        throw Rejection.badBody("The body must be one JSON object, such as {\"to\":\"PEER\",…}.");
    }

    /** The display name of a join, or null. */
    @Nullable
    String name() {
        JsonNode name = object.path("name");
        if (name.isMissingNode() || name.isNull()) {
            return null;
        }
        return string(name, "name");
    }

    /**
     * The receiver of a signal.
     *
     * @throws Rejection {@code BAD_BODY} when missing, {@code UNKNOWN_PEER} when it cannot be an id
     */
    PeerId to() {
        return new PeerId(string(object.path("to"), "to"));
    }

    /**
     * The SDP of an offer or answer.
     *
     * @throws Rejection {@code BAD_BODY} when missing or empty, {@code TOO_LARGE} above 32 KiB
     */
    String sdp() {
        String sdp = limited(string(object.path("sdp"), "sdp"), "sdp", SDP_LIMIT);
        if (sdp.isBlank()) {
            throw Rejection.badBody("\"sdp\" is empty; send the description's sdp.");
        }
        return sdp;
    }

    /**
     * The candidate, or null for the end of candidates.
     *
     * @throws Rejection {@code BAD_BODY} when missing or malformed, {@code TOO_LARGE} when a member is too long
     */
    @Nullable
    IceCandidate candidate() {
        JsonNode candidate = object.path("candidate");
        if (candidate.isNull()) {
            return null;
        }
        if (!candidate.isObject()) {
            throw Rejection.badBody("\"candidate\" must be an object, such as RTCIceCandidate's toJSON() gives, or null"
                    + " for the end of candidates.");
        }
        return new IceCandidate(
                limited(string(candidate.path("candidate"), "candidate.candidate"), "candidate", CANDIDATE_LIMIT),
                optional(candidate.path("sdpMid"), "sdpMid"),
                index(candidate.path("sdpMLineIndex")),
                optional(candidate.path("usernameFragment"), "usernameFragment"));
    }

    private static @Nullable String optional(JsonNode member, String name) {
        return member.isMissingNode() || member.isNull()
                ? null
                : limited(string(member, "candidate." + name), name, IDENTIFIER_LIMIT);
    }

    private static @Nullable Integer index(JsonNode member) {
        if (member.isMissingNode() || member.isNull()) {
            return null;
        }
        if (!member.isInt() || member.intValue() < 0 || member.intValue() > 0xFFFF) {
            throw Rejection.badBody("\"candidate.sdpMLineIndex\" must be a whole number from 0 to 65535.");
        }
        return member.intValue();
    }

    private static String string(JsonNode member, String name) {
        if (!member.isString()) {
            throw Rejection.badBody(
                    member.isMissingNode()
                            ? "\"%s\" is missing; add it, as a string.".formatted(name)
                            : "\"%s\" must be a string.".formatted(name));
        }
        return member.stringValue();
    }

    private static String limited(String value, String name, int limit) {
        requireAtMost(value, "\"" + name + "\"", limit);
        return value;
    }

    /**
     * Lets a text pass that is no longer than {@code limit} bytes of UTF-8.
     *
     * @throws Rejection {@code TOO_LARGE}, which calls it {@code what}
     */
    static void requireAtMost(String text, String what, int limit) {
        // Most are far below it, and need not be counted.
        if (text.length() > limit / MOST_BYTES) {
            int size = text.getBytes(StandardCharsets.UTF_8).length;
            if (size > limit) {
                throw Rejection.tooLarge(what, size, limit);
            }
        }
    }
}
