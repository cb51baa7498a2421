package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.room.IceCandidate;

/** What the native library reports, as values that outlive its callback. */
sealed interface NativeEvent {

    /** The connection's state has changed (W3C WebRTC section 4.3.3). */
    record ConnectionChanged(RTCPeerConnectionState state) implements NativeEvent {}

    /** ICE has gathered a candidate of ours. */
    record Gathered(IceCandidate candidate) implements NativeEvent {}

    /** ICE has gathered all candidates of ours. */
    record GatheringComplete() implements NativeEvent {}

    /** The browser has opened a channel. Its messages wait in the native library until an observer is registered. */
    record ChannelArrived(RTCDataChannel channel) implements NativeEvent {}

    /** A channel's state has changed; which it is now must be asked outside the callback. */
    record ChannelChanged() implements NativeEvent {}

    /** A message has come on a channel, {@code at} this {@link System#nanoTime}; the bytes are our own copy. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: it goes from the callback to one queue.
    record MessageReceived(byte[] bytes, boolean binary, long at) implements NativeEvent {}

    /** An asynchronous call has succeeded; {@code sdp} is what it made, empty if it made nothing. */
    record Succeeded(String sdp) implements NativeEvent {}

    /** An asynchronous call has failed. */
    record Failed(String message) implements NativeEvent {}
}
