package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Rejection;
import dev.peerhost.serverpeer.sdp.RemoteOffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that answers malformed offers, or tries to: each goes the way of an HTTP client's. Arguments: the folder of
 * the offers, a seed, and how many must reach the native library. Prints how many were refused before it, refused by it,
 * and answered. With {@code abort} alone it does what none of them may: it throws out of a native callback.
 */
final class MutationsMain {

    private static final long PATIENCE = 20;

    private MutationsMain() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("abort")) {
            abort();
        }
        SdpMutations mutations = new SdpMutations(offers(Path.of(arguments[0])), Long.parseLong(arguments[1]));
        int wanted = Integer.parseInt(arguments[2]);
        int unread = 0;
        int refused = 0;
        int answered = 0;
        try (Host host = new Host(10)) {
            while (refused + answered < wanted) {
                String sdp = mutations.next();
                try {
                    if (isAnswered(host, RemoteOffer.parse(sdp))) {
                        answered++;
                    } else {
                        refused++;
                    }
                } catch (Rejection unreadable) {
                    unread++;
                }
            }
            host.awaitLinks(0);
        }
        System.out.println(unread + " " + refused + " " + answered);
    }

    private static boolean isAnswered(Host host, RemoteOffer offer) throws Exception {
        LinkId id = new LinkId(PeerId.random().value(), null);
        HttpPeer peer = new HttpPeer(remote -> host.links.open(id, null, remote));
        try {
            return !peer.offer(offer).get(PATIENCE, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Rejection) {
                return false;
            }
            throw failed;
        } finally {
            peer.link().close();
            peer.link().closed().get(PATIENCE, TimeUnit.SECONDS);
        }
    }

    private static List<String> offers(Path folder) throws Exception {
        List<String> offers = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                offers.add(Files.readString(file));
            }
        }
        return offers;
    }

    private static void abort() throws Exception {
        PeerConnectionFactory factory = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
        factory.createPeerConnection(new RTCConfiguration(), candidate -> {})
                .createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
                    @Override
                    public void onSuccess(RTCSessionDescription description) {
                        throw new IllegalStateException("escapes a native callback");
                    }

                    @Override
                    public void onFailure(String message) {
                        throw new IllegalStateException(message);
                    }
                });
        Thread.sleep(TimeUnit.SECONDS.toMillis(PATIENCE));
    }
}
