package dev.peerhost.serverpeer;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** A request that HTTP itself refuses, whatever the offer in it; with one sentence that says what to do. */
final class HttpRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient HttpHeaders headers = new HttpHeaders();

    private HttpRefusal(HttpStatus status, String sentence) {
        // No stack trace: this is an answer to a client, not a fault of ours.
        super(sentence, null, false, false);
        this.status = status;
    }

    HttpStatus status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    /** What the answer says besides, such as Allow. */
    HttpHeaders headers() {
        return headers;
    }

    static HttpRefusal noSuchConnection() {
        return new HttpRefusal(
                HttpStatus.NOT_FOUND,
                "There is no such connection, or no longer; POST an offer to %s for a new one."
                        .formatted(OfferController.PATH));
    }

    /** RFC 9110 section 15.5.6. */
    static HttpRefusal method(String method, String allowed) {
        return new HttpRefusal(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "This address does not take %s; it takes %s.".formatted(method, allowed))
                .with(HttpHeaders.ALLOW, allowed);
    }

    /** RFC 9110 section 15.5.16; {@code header} is Accept-Post, or Accept-Patch (RFC 5789 section 3.1). */
    static HttpRefusal type(String header, List<MediaType> accepted, String sentence) {
        return new HttpRefusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, sentence).with(header, MediaType.toString(accepted));
    }

    /** RFC 9725 section 4.3.1 and RFC 6585 section 3. */
    static HttpRefusal preconditionRequired() {
        return new HttpRefusal(
                HttpStatus.PRECONDITION_REQUIRED,
                "Send If-Match with the ETag of the latest answer, or with * to restart ICE whatever came before.");
    }

    /** RFC 9725 section 4.3.1 and RFC 9110 section 13.1.1. */
    static HttpRefusal preconditionFailed(String entityTag) {
        return new HttpRefusal(
                        HttpStatus.PRECONDITION_FAILED,
                        "ICE was restarted meanwhile, so this is about a session that is over;"
                                + " send what belongs to the latest ETag.")
                .with(HttpHeaders.ETAG, entityTag);
    }

    static HttpRefusal anotherConnection() {
        return new HttpRefusal(
                HttpStatus.CONFLICT,
                "The offer is of another RTCPeerConnection than the one at this address; POST it to %s."
                        .formatted(OfferController.PATH));
    }

    private HttpRefusal with(String header, String value) {
        headers.add(header, value);
        return this;
    }
}
