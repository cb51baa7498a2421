package dev.peerhost.room;

import java.time.Duration;

/**
 * Asks a member of a room to connect to another one anew: the connection that the two have is about to end.
 *
 * @param room the room that both are in
 * @param from who asks
 * @param within how long the connection stays, in whole milliseconds on the wire
 */
public record Reconnect(RoomId room, PeerId from, Duration within) implements RoomMessage {}
