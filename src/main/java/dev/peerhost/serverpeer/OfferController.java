package dev.peerhost.serverpeer;

import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connects clients that do not signal: an offer with its candidates in it is posted, the answer with ours comes back.
 * The data channels are those of the rooms' browsers; only there is no room.
 */
@RestController
final class OfferController {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final long LONGEST_WAIT = 15;

    /** What is posted and what comes back: {@code RTCSessionDescriptionInit} (W3C WebRTC section 4.7.2). */
    record Description(String type, String sdp) {}

    /** Every refusal: one sentence with the remedy. */
    record Refusal(String message) {}

    /** A body that is not JSON by its own account. */
    static final class NotJson extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final PeerLinks links;
    private final ServerPeerStatus status;
    private final JsonMapper json;

    OfferController(PeerLinks links, ServerPeerStatus status, JsonMapper json) {
        this.links = links;
        this.status = status;
        this.json = json;
    }

    /** Answers an offer; the servlet's thread is free while the answer is made. */
    @PostMapping("/__/peerhost/offer")
    CompletableFuture<Description> answer(HttpServletRequest request) throws IOException {
        if (status.reason() != null) {
            throw Rejection.serverPeerUnavailable(status.reason());
        }
        String sdp = sdp(body(request));
        CompletableFuture<String> answer = new CompletableFuture<>();
        PeerLink link = links.open(new LinkId(PeerId.random().value(), null), new HttpPeer(answer));
        link.offer(sdp);
        return answer.orTimeout(LONGEST_WAIT, TimeUnit.SECONDS)
                .whenComplete((done, failed) -> {
                    if (failed != null) {
                        link.close();
                    }
                })
                .thenApply(made -> new Description("answer", made));
    }

    @ExceptionHandler
    ResponseEntity<Refusal> refused(Rejection rejection) {
        HttpStatus code = switch (rejection.code()) {
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case SERVER_PEER_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.BAD_REQUEST;
        };
        return refusal(code, rejection.sentence());
    }

    @ExceptionHandler
    ResponseEntity<Refusal> refused(NotJson otherType) {
        return refusal(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "Send Content-Type: application/json with the body {\"type\":\"offer\",\"sdp\":\"v=0…\"}.");
    }

    @ExceptionHandler
    ResponseEntity<Refusal> refused(TimeoutException late) {
        return refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The server's own peer did not answer within %d s; try again.".formatted(LONGEST_WAIT));
    }

    private static ResponseEntity<Refusal> refusal(HttpStatus code, String sentence) {
        return ResponseEntity.status(code)
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Refusal(sentence));
    }

    private static byte[] body(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new NotJson();
        }
        long announced = request.getContentLengthLong();
        byte[] body = announced > LARGEST_BODY
                ? new byte[0]
                : request.getInputStream().readNBytes(LARGEST_BODY + 1);
        long size = Math.max(announced, body.length);
        if (size > LARGEST_BODY) {
            throw Rejection.tooLarge("body", size, LARGEST_BODY);
        }
        return body;
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private String sdp(byte[] body) {
        JsonNode offer;
        try {
            offer = json.readTree(body);
        } catch (JacksonException malformed) {
            throw Rejection.badBody("The body is not JSON (%s); send {\"type\":\"offer\",\"sdp\":\"v=0…\"}."
                    .formatted(malformed.getOriginalMessage()));
        }
        if (!offer.path("type").asString("").equals("offer")) {
            throw Rejection.badBody("The body's \"type\" must be \"offer\"; send what createOffer() made.");
        }
        if (!offer.path("sdp").isString()) {
            throw Rejection.badBody("The body's \"sdp\" must be a string; send the sdp of localDescription.");
        }
        return offer.path("sdp").asString();
    }
}
