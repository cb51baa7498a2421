package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
