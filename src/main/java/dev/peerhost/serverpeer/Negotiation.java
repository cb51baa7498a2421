package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.network.Network;
import dev.peerhost.serverpeer.sdp.IceCredentials;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Offer and answer on one native connection (RFC 9429 sections 5.6 and 5.7); we only ever answer. */
final class Negotiation {

    private static final long LONGEST_STEP = Duration.ofSeconds(10).toMillis();
    private static final long LONGEST_GATHERING = Duration.ofSeconds(3).toMillis();

    /** The first alone may be an address that the browser cannot reach; the others follow within a few milliseconds. */
    private static final long LONGEST_AFTER_FIRST = Duration.ofMillis(5).toMillis();

    /** In characters; the native library quotes whole lines of the offer. */
    private static final int LONGEST_REASON = 200;

    private final RTCPeerConnection connection;
    private final Network network;
    private @Nullable IceCredentials ice;

    /** Of the ICE generation that there is. */
    private volatile CompletableFuture<Boolean> firstCandidate = new CompletableFuture<>();

    /** The same; completes when as many have been gathered as connections usually have. */
    private volatile CompletableFuture<Boolean> usualCandidates = new CompletableFuture<>();

    private final AtomicInteger told = new AtomicInteger();
    private volatile boolean anythingGathered;
    private volatile boolean restarted;

    Negotiation(RTCPeerConnection connection, Network network) {
        this.connection = connection;
        this.network = network;
    }

    /**
     * ICE has gathered a candidate of ours; may be called by native callbacks.
     *
     * @param candidate as the browser is told it, null when it is not
     */
    void gathered(@Nullable IceCandidate candidate) {
        anythingGathered = true;
        if (candidate == null) {
            return;
        }
        if (network.areAll(told.incrementAndGet())) {
            usualCandidates.complete(true);
        }
        if (candidate.candidate().contains(" typ host")) {
            firstCandidate.complete(true);
        }
    }

    /** ICE has gathered all candidates of ours; may be called by native callbacks. */
    void gatheringComplete() {
        // After a restart this may still be the end of the ICE session before, which says nothing of the new one.
        if (anythingGathered || !restarted) {
            network.gatheredAll(told.get());
            usualCandidates.complete(true);
            firstCandidate.complete(false);
        }
    }

    /**
     * Answers an offer, not before there is a candidate of ours: without one the answer would be worth nothing. That
     * takes a millisecond; to gather all of them takes 100 ms more.
     *
     * @param withCandidates whether they must be in the answer: then more are waited for, at most for 5 ms and until there
     *     are as many as connections usually have
     * @return our SDP
     * @throws Rejection when the native library does not take the offer, and the connection is then as it was; or when
     *     there is no candidate
     */
    String answer(RemoteOffer offer, boolean withCandidates) throws InterruptedException {
        step(done -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer.sdp()), done));
        String sdp = step(done -> connection.createAnswer(new RTCAnswerOptions(), done));
        if (!offer.ice().equals(ice)) {
            // A new ICE session gathers anew.
            restarted = ice != null;
            ice = offer.ice();
            anythingGathered = false;
            firstCandidate = new CompletableFuture<>();
            usualCandidates = new CompletableFuture<>();
            told.set(0);
        }
        step(done -> connection.setLocalDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), done));
        if (!completes(firstCandidate, LONGEST_GATHERING)) {
            throw network.noCandidates(anythingGathered);
        }
        if (!withCandidates) {
            return sdp;
        }
        completes(usualCandidates, LONGEST_AFTER_FIRST);
        return network.announcement().of(connection.getLocalDescription().sdp);
    }

    /** Takes a candidate of the browser's, which belongs to the one m-line that there is. */
    void add(String candidate) {
        connection.addIceCandidate(new RTCIceCandidate("", 0, candidate));
    }

    private static boolean completes(CompletableFuture<Boolean> candidates, long within) throws InterruptedException {
        try {
            return candidates.get(within, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException none) {
            // Nothing was gathered in time: the same as nothing at all.
            return false;
        }
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
