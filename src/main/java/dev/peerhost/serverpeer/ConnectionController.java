package dev.peerhost.serverpeer;

import dev.peerhost.serverpeer.sdp.RemoteOffer;
import dev.peerhost.serverpeer.sdp.SdpFragment;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** What becomes of a connection that was made by {@link OfferController}, at the address that its answer gave. */
@RestController
@RequestMapping(OfferController.PATH + "/{key}")
final class ConnectionController {

    private static final String METHODS = "PATCH, DELETE, OPTIONS";

    private final HttpPeers peers;

    ConnectionController(HttpPeers peers) {
        this.peers = peers;
    }

    /** Takes candidates, or restarts ICE with new credentials, alone or in a whole offer (RFC 9725 section 4.3). */
    @PatchMapping
    CompletableFuture<ResponseEntity<Object>> patch(
            @PathVariable String key,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            HttpServletRequest request)
            throws IOException {
        peers.admit(request.getRemoteAddr());
        HttpPeer peer = peers.require(key);
        OfferBody body = OfferBody.read(request, OfferAnswers.PATCHED, otherType());
        OfferAnswers.requireMatch(ifMatch, peer.entityTag());
        return body.type().equals(OfferBody.SDP)
                ? renegotiate(peer, RemoteOffer.parse(body.text()))
                : change(peer, SdpFragment.parse(body.text()));
    }

    /** Closes the connection and answers when all that it held is free; entity-tags do not matter (section 4.3.1). */
    @DeleteMapping
    CompletableFuture<ResponseEntity<Void>> delete(@PathVariable String key) {
        PeerLink link = peers.remove(key).link();
        link.close();
        return link.closed()
                .copy()
                .orTimeout(OfferAnswers.LONGEST_WAIT, TimeUnit.SECONDS)
                .thenApply(closed -> ResponseEntity.ok().build());
    }

    @RequestMapping(method = RequestMethod.OPTIONS)
    ResponseEntity<Void> options() {
        return OfferAnswers.options(METHODS, HttpHeaders.ACCEPT_PATCH, OfferAnswers.PATCHED);
    }

    @RequestMapping
    ResponseEntity<OfferRefusals.Problem> otherMethod(HttpServletRequest request) {
        return OfferRefusals.answer(HttpRefusal.method(request.getMethod(), METHODS));
    }

    private static CompletableFuture<ResponseEntity<Object>> renegotiate(HttpPeer peer, RemoteOffer offer) {
        if (!peer.continuesWith(offer)) {
            throw HttpRefusal.anotherConnection();
        }
        return peer.offer(offer)
                .orTimeout(OfferAnswers.LONGEST_WAIT, TimeUnit.SECONDS)
                .thenApply(sdp -> OfferAnswers.sdp(OfferAnswers.about(peer, ResponseEntity.ok()), OfferBody.SDP, sdp));
    }

    private static CompletableFuture<ResponseEntity<Object>> change(HttpPeer peer, SdpFragment fragment) {
        RemoteOffer restart = peer.restart(fragment.ice());
        if (restart == null) {
            peer.trickle(fragment);
            return CompletableFuture.completedFuture(
                    OfferAnswers.about(peer, ResponseEntity.status(204)).build());
        }
        CompletableFuture<String> restarted = peer.offer(restart);
        peer.trickle(fragment);
        return restarted
                .orTimeout(OfferAnswers.LONGEST_WAIT, TimeUnit.SECONDS)
                .thenApply(sdp -> OfferAnswers.sdp(
                        OfferAnswers.about(peer, ResponseEntity.ok()), OfferBody.FRAGMENT, SdpFragment.of(sdp)));
    }

    private static HttpRefusal otherType() {
        return HttpRefusal.type(
                HttpHeaders.ACCEPT_PATCH,
                OfferAnswers.PATCHED,
                "Send Content-Type: application/trickle-ice-sdpfrag with what changes, or application/sdp with a whole"
                        + " offer.");
    }
}
