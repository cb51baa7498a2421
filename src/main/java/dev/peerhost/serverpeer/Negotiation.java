package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Offer and answer on one native connection (RFC 9429 sections 5.6 and 5.7); we only ever answer. */
final class Negotiation {

    private static final long LONGEST_STEP = Duration.ofSeconds(10).toMillis();
    private static final long LONGEST_GATHERING = Duration.ofSeconds(3).toMillis();

    /** IPv6 follows IPv4 within a millisecond; the first alone may be an address that the browser cannot reach. */
    private static final Duration AFTER_FIRST_CANDIDATE = Duration.ofMillis(5);

    /** In characters; the native library quotes whole lines of the offer. */
    private static final int LONGEST_REASON = 200;

    private final RTCPeerConnection connection;
    private volatile CompletableFuture<Boolean> firstCandidate = new CompletableFuture<>();
    private @Nullable IceCredentials ice;

    Negotiation(RTCPeerConnection connection) {
        this.connection = connection;
    }

    /** ICE has gathered a candidate of ours; may be called by native callbacks. */
    void gathered(IceCandidate candidate) {
        if (candidate.candidate().contains(" typ host")) {
            firstCandidate.complete(true);
        }
    }

    /** ICE has gathered all candidates of ours; may be called by native callbacks. */
    void gatheringComplete() {
        firstCandidate.complete(false);
    }

    /**
     * Answers an offer.
     *
     * @return our SDP, before ICE has gathered
     * @throws Rejection when the native library does not take the offer; the connection is then as it was
     */
    String answer(RemoteOffer offer) throws InterruptedException {
        step(done -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer.sdp()), done));
        String sdp = step(done -> connection.createAnswer(new RTCAnswerOptions(), done));
        if (!offer.ice().equals(ice)) {
            // A new ICE session gathers anew.
            ice = offer.ice();
            firstCandidate = new CompletableFuture<>();
        }
        step(done -> connection.setLocalDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), done));
        return sdp;
    }

    /**
     * Our answer with candidates in it, soon after the first host candidate: to gather all takes 100 ms more.
     *
     * @throws Rejection when there is none
     */
    String answerWithCandidates() throws InterruptedException {
        try {
            if (firstCandidate.get(LONGEST_GATHERING, TimeUnit.MILLISECONDS)) {
                Thread.sleep(AFTER_FIRST_CANDIDATE);
                return connection.getLocalDescription().sdp;
            }
        } catch (TimeoutException | ExecutionException none) {
            // Nothing was gathered in time: the same as nothing at all.
        }
        throw Rejection.serverPeerUnavailable(
                "The server's own peer found no network address to offer; connect the server to a network.");
    }

    private static String step(Consumer<NativeCallbacks> call) throws InterruptedException {
        CompletableFuture<NativeEvent> outcome = new CompletableFuture<>();
        try {
            call.accept(new NativeCallbacks(outcome::complete));
            return switch (outcome.get(LONGEST_STEP, TimeUnit.MILLISECONDS)) {
                case NativeEvent.Succeeded succeeded -> succeeded.sdp();
                case NativeEvent.Failed failed -> throw refused(failed.message());
                case NativeEvent unexpected -> throw new IllegalStateException("not an outcome: " + unexpected);
            };
        } catch (TimeoutException | ExecutionException late) {
            throw Rejection.serverPeerUnavailable(
                    "The server's own peer did not answer within %,d ms; try again.".formatted(LONGEST_STEP));
        } catch (Error thrown) {
            // The native library reports what it cannot parse as a plain Error; its subclasses are the JVM's own.
            if (thrown.getClass() != Error.class) {
                throw thrown;
            }
            throw refused(String.valueOf(thrown.getMessage()));
        }
    }

    private static Rejection refused(String why) {
        return Rejection.badBody(
                "The WebRTC library did not take the offer (%s); send the sdp of localDescription as it is."
                        .formatted(why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why));
    }
}
