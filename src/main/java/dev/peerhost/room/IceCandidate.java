package dev.peerhost.room;

import org.jspecify.annotations.Nullable;

/**
 * An ICE candidate as a browser's {@code RTCIceCandidateInit} has it (W3C WebRTC section 4.8.1).
 *
 * @param candidate the candidate attribute (RFC 8839 section 5.1)
 * @param sdpMid the media stream identification it belongs to
 * @param sdpMLineIndex the index of its m-line, from 0
 * @param usernameFragment the ICE user name fragment it belongs to
 */
public record IceCandidate(
        String candidate,
        @Nullable String sdpMid,
        @Nullable Integer sdpMLineIndex,
        @Nullable String usernameFragment) {}
