import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Bare webrtc-java as an echo server, the floor of the Java peer: {@code java -cp WEBRTC_JAVA EchoJava.java PORT}. POST
 * /offer takes an offer as SDP and gives the answer; every message is sent back inside the native callback. It keeps
 * every connection until it ends, which a measurement may and a server may not.
 */
class EchoJava {

    private static final PeerConnectionFactory FACTORY = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    private static final List<Object> KEPT = new ArrayList<>();

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext("/", EchoJava::handle);
        server.start();
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = body.isEmpty() ? new byte[0] : answer(body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static String answer(String offer) throws Exception {
        CompletableFuture<Void> gathered = new CompletableFuture<>();
        PeerConnectionObserver observer = new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {}

            @Override
            public void onIceGatheringChange(RTCIceGatheringState state) {
                if (state == RTCIceGatheringState.COMPLETE) {
                    gathered.complete(null);
                }
            }

            @Override
            public void onDataChannel(RTCDataChannel channel) {
                echo(channel);
            }
        };
        RTCPeerConnection connection = FACTORY.createPeerConnection(new RTCConfiguration(), observer);
        KEPT.add(connection);
        Done set = new Done();
        connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer), set);
        set.done.get(10, TimeUnit.SECONDS);
        Created created = new Created();
        connection.createAnswer(new RTCAnswerOptions(), created);
        connection.setLocalDescription(created.description.get(10, TimeUnit.SECONDS), new Done());
        gathered.get(10, TimeUnit.SECONDS);
        return connection.getLocalDescription().sdp;
    }

    private static void echo(RTCDataChannel channel) {
        KEPT.add(channel);
        channel.registerObserver(new RTCDataChannelObserver() {
            @Override
            public void onBufferedAmountChange(long previous) {}

            @Override
            public void onStateChange() {}

            @Override
            public void onMessage(RTCDataChannelBuffer message) {
                try {
                    channel.send(message);
                } catch (Exception e) {
                    // An exception that leaves a native callback ends the whole process without a word.
                    e.printStackTrace();
                }
            }
        });
    }

    private static final class Done implements SetSessionDescriptionObserver {
        final CompletableFuture<Void> done = new CompletableFuture<>();

        @Override
        public void onSuccess() {
            done.complete(null);
        }

        @Override
        public void onFailure(String error) {
            done.completeExceptionally(new IllegalStateException(error));
        }
    }

    private static final class Created implements CreateSessionDescriptionObserver {
        final CompletableFuture<RTCSessionDescription> description = new CompletableFuture<>();

        @Override
        public void onSuccess(RTCSessionDescription created) {
            description.complete(created);
        }

        @Override
        public void onFailure(String error) {
            description.completeExceptionally(new IllegalStateException(error));
        }
    }
}
