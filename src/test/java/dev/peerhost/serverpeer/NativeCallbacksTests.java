package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class NativeCallbacksTests {

    private final List<NativeEvent> events = new ArrayList<>();
    private final NativeCallbacks callbacks = new NativeCallbacks(events::add);

    @Test
    void nothingThrownEscapesToTheNativeLibrary() {
        for (Throwable thrown : new Throwable[] {
            new IllegalStateException(),
            new StackOverflowError(),
            new OutOfMemoryError("not really"),
            new AssertionError()
        }) {
            NativeCallbacks failing =
                    new NativeCallbacks(event -> NativeCallbacksTests.<RuntimeException>sneak(thrown));
            assertThatCode(() -> {
                        failing.onStateChange();
                        failing.onSuccess();
                        failing.onFailure("x");
                        failing.onConnectionChange(RTCPeerConnectionState.FAILED);
                        failing.onIceGatheringChange(RTCIceGatheringState.COMPLETE);
                        failing.onMessage(new RTCDataChannelBuffer(ByteBuffer.allocate(1), true));
                    })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aMessageIsCopiedFromTheNativeMemory() {
        ByteBuffer memory =
                ByteBuffer.allocateDirect(3).put(new byte[] {1, 2, 3}).flip();
        callbacks.onMessage(new RTCDataChannelBuffer(memory, true));
        memory.clear().put(new byte[3]);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        NativeEvent.MessageReceived.class,
                        message -> assertThat(message.bytes()).containsExactly(1, 2, 3));
    }

    /** Why {@link Outgoing} and {@link Pump} ask for it: with a library that tells, they need not. */
    @Test
    @Timeout(60)
    void theLibraryNeverSaysThatItsBufferHasDrained() throws Exception {
        try (Host host = new Host(10);
                Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("sink");
            new Visitor(host.rooms, "R").connect(browser);
            channel.awaitOpen();
            long most = 0;
            for (int sent = 0; sent < 64; sent++) {
                channel.send(new Binary(new byte[65_536]));
                most = Math.max(most, channel.buffered());
            }
            channel.awaitBuffered(0);
            channel.send(new Text("report"));
            assertThat(channel.receive()).isEqualTo(new Text("{\"messages\":64,\"bytes\":4194304}"));

            assertThat(most).isPositive();
            assertThat(channel.bufferReports()).isZero();
        }
    }

    @Test
    void onceDetachedItIsSilent() {
        callbacks.detach();
        callbacks.onStateChange();

        assertThat(events).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
