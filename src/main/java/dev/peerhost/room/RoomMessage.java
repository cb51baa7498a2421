package dev.peerhost.room;

/** Everything that can be delivered to a {@link Peer}; one queue per peer carries all of it, in order. */
public sealed interface RoomMessage permits Signal, Presence, Reconnect, Rejected {}
