package dev.peerhost.serverpeer;

import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connects clients that do not signal: an offer is posted, the answer comes back with our candidates in it, and the
 * connection gets an address of its own, as in WHIP (RFC 9725). The data channels are those of the rooms' browsers; only
 * there is no room.
 */
@RestController
@RequestMapping(OfferController.PATH)
final class OfferController {

    /** Where offers are posted. */
    static final String PATH = "/__/peerhost/offer";

    /** In milliseconds; a few are usual. */
    private static final long SOON = 20;

    private static final String METHODS = "POST, OPTIONS";

    /** Linked Data Platform 1.0, section 7.1. */
    private static final String ACCEPT_POST = "Accept-Post";

    private static final List<MediaType> POSTED = List.of(MediaType.APPLICATION_JSON, OfferBody.SDP);

    /** {@code RTCSessionDescriptionInit} (W3C WebRTC section 4.7.2). */
    record Description(String type, String sdp) {}

    private final HttpPeers peers;
    private final ServerPeerStatus status;
    private final JsonMapper json;

    OfferController(HttpPeers peers, ServerPeerStatus status, JsonMapper json) {
        this.peers = peers;
        this.status = status;
        this.json = json;
    }

    /** Answers an offer in its own kind; when that takes longer than usual, the servlet's thread is free meanwhile. */
    @PostMapping
    Object post(HttpServletRequest request) throws IOException, InterruptedException {
        String reason = status.reason();
        if (reason != null) {
            throw Rejection.serverPeerUnavailable(reason);
        }
        peers.admit(request.getRemoteAddr());
        OfferBody body = OfferBody.read(request, POSTED, otherType());
        RemoteOffer offer = RemoteOffer.parse(body.sdp(json));
        String key = PeerId.random().value();
        HttpPeer peer = peers.open(key, request.getRemoteAddr());
        return soon(peer.offer(offer)
                .orTimeout(OfferAnswers.LONGEST_WAIT, TimeUnit.SECONDS)
                .whenComplete((made, failed) -> {
                    if (failed != null) {
                        peer.abandon();
                    }
                })
                .thenApply(sdp -> created(URI.create(PATH + "/" + key), peer, body.type(), sdp)));
    }

    @RequestMapping(method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options() {
        return OfferAnswers.options(METHODS, ACCEPT_POST, POSTED);
    }

    @RequestMapping
    ResponseEntity<OfferRefusals.Problem> otherMethod(HttpServletRequest request) {
        return OfferRefusals.answer(HttpRefusal.method(request.getMethod(), METHODS));
    }

    /** The answer, or what gives it: to wait takes less than to have the request dispatched a second time. */
    @SuppressWarnings("FutureReturnValueIgnored") // Spring waits for it.
    private static Object soon(CompletableFuture<ResponseEntity<Object>> answer) throws InterruptedException {
        try {
            return answer.get(SOON, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException notYet) {
            return answer;
        }
    }

    private static ResponseEntity<Object> created(URI location, HttpPeer peer, MediaType type, String sdp) {
        if (type.equals(OfferBody.SDP)) {
            return OfferAnswers.sdp(OfferAnswers.about(peer, ResponseEntity.created(location)), type, sdp);
        }
        return OfferAnswers.about(peer, ResponseEntity.ok().location(location))
                .contentType(type)
                .body(new Description("answer", sdp));
    }

    private static HttpRefusal otherType() {
        return HttpRefusal.type(
                ACCEPT_POST,
                POSTED,
                "Send Content-Type: application/json with the body {\"type\":\"offer\",\"sdp\":\"v=0…\"}, or"
                        + " application/sdp with the SDP itself.");
    }
}
