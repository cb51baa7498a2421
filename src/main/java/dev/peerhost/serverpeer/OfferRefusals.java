package dev.peerhost.serverpeer;

import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.limit.Limit;
import dev.peerhost.serverpeer.limit.LimitExceeded;
import java.util.concurrent.TimeoutException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Says over HTTP why an offer is not taken: problem details (RFC 9457), whatever the client would rather have, and whatever
 * an application that uses the library says of exceptions.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(assignableTypes = {OfferController.class, ConnectionController.class})
final class OfferRefusals {

    /** In seconds. */
    private static final int WHEN_A_CONNECTION_MAY_HAVE_ENDED = 10;

    /**
     * Problem details; without a type the title is the status' own (section 4.2.1).
     *
     * @param message the same as {@code detail}, by the name that signaling has for it
     */
    record Problem(int status, String title, String detail, String message) {}

    @ExceptionHandler
    ResponseEntity<Problem> refused(Rejection rejection) {
        HttpStatus status = switch (rejection.code()) {
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case SERVER_PEER_UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.BAD_REQUEST;
        };
        return problem(status, HttpHeaders.EMPTY, rejection.sentence());
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(HttpRefusal refusal) {
        return answer(refusal);
    }

    /** The answer itself. */
    static ResponseEntity<Problem> answer(HttpRefusal refusal) {
        return problem(refusal.status(), refusal.headers(), refusal.sentence());
    }

    /** All are full, or it is this address that wants too much (RFC 6585 section 4). */
    @ExceptionHandler
    ResponseEntity<Problem> refused(LimitExceeded refusal) {
        HttpHeaders headers = new HttpHeaders();
        headers.add(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(refusal.limit() == Limit.OFFERS_PER_SECOND ? 1 : WHEN_A_CONNECTION_MAY_HAVE_ENDED));
        return problem(
                refusal.limit() == Limit.CONNECTIONS ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.TOO_MANY_REQUESTS,
                headers,
                refusal.sentence());
    }

    @ExceptionHandler
    ResponseEntity<Problem> refused(TimeoutException late) {
        return problem(
                HttpStatus.SERVICE_UNAVAILABLE,
                HttpHeaders.EMPTY,
                "The server's own peer did not answer within %d s; try again.".formatted(OfferAnswers.LONGEST_WAIT));
    }

    private static ResponseEntity<Problem> problem(HttpStatus status, HttpHeaders headers, String sentence) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .cacheControl(CacheControl.noStore())
                .body(new Problem(status.value(), status.getReasonPhrase(), sentence, sentence));
    }
}
