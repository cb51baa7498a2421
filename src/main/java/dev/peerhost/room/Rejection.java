package dev.peerhost.room;

/**
 * A message that cannot be taken. Each refusal has a code for programs and a sentence with the remedy for people; all of
 * them stand here. It costs the sender that one message and nobody else anything.
 */
public final class Rejection extends RuntimeException {

    /** The reasons, by the names that the protocol gives them. */
    public enum Code {
        UNKNOWN_DESTINATION,
        BAD_BODY,
        TOO_LARGE,
        BAD_ROOM,
        NOT_IN_ROOM,
        ALREADY_IN_ROOM,
        UNKNOWN_PEER,
        ROOM_FULL,
        TOO_MANY_ROOMS,
        SERVER_PEER_UNAVAILABLE
    }

    private static final long serialVersionUID = 1L;

    private final Code code;

    private Rejection(Code code, String message) {
        // No stack trace: this is an answer to a client, not a fault of ours.
        super(message, null, false, false);
        this.code = code;
    }

    /** Why, for programs. */
    public Code code() {
        return code;
    }

    /** The sentence with the remedy. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** This refusal as a message to the sender of what went to {@code destination}. */
    public Rejected toRejected(String destination) {
        return new Rejected(code, sentence(), destination);
    }

    /** A destination that nobody listens at. */
    public static Rejection unknownDestination() {
        return new Rejection(
                Code.UNKNOWN_DESTINATION,
                "Nothing is listening here; send to /app/rooms/{room}/ followed by join, leave, offer, answer or"
                        + " candidate.");
    }

    /** A body that is not what its destination takes; {@code remedy} is the whole sentence. */
    public static Rejection badBody(String remedy) {
        return new Rejection(Code.BAD_BODY, remedy);
    }

    /** Something longer than the protocol allows; sizes in bytes. */
    public static Rejection tooLarge(String what, long size, long limit) {
        return new Rejection(
                Code.TOO_LARGE,
                "The %s has %,d bytes and at most %,d are taken; send less.".formatted(what, size, limit));
    }

    /** A room name with other characters, or too many. */
    public static Rejection badRoom() {
        return new Rejection(
                Code.BAD_ROOM, "A room's name has 1 to 64 of the characters A-Z a-z 0-9 _ and -; choose another name.");
    }

    /** A signal or a leave from somebody who is not in the room. */
    public static Rejection notInRoom(RoomId room) {
        return new Rejection(Code.NOT_IN_ROOM, "You are not in room \"%s\"; join it first.".formatted(room));
    }

    /** A second join of the same room by the same session. */
    public static Rejection alreadyInRoom(RoomId room) {
        return new Rejection(
                Code.ALREADY_IN_ROOM,
                "You are in room \"%s\" already; leave it before you join again.".formatted(room));
    }

    /** A receiver that is not in the room; for the server's own peer, that it is not running. */
    public static Rejection noSuchPeer(RoomId room, PeerId peer) {
        return peer.equals(PeerId.SERVER)
                ? serverPeerUnavailable("The server's own peer is not running; GET /__/peerhost/health says why.")
                : new Rejection(
                        Code.UNKNOWN_PEER,
                        "Peer \"%s\" is not in room \"%s\", or no longer; use an id from the roster."
                                .formatted(peer, room));
    }

    /** A receiver that cannot be anybody's id. */
    static Rejection malformedPeer() {
        return new Rejection(
                Code.UNKNOWN_PEER,
                "A peer's id has 1 to 64 of the characters A-Z a-z 0-9 _ and -; use an id from the roster.");
    }

    /** A room that holds as many browsers as it may. */
    public static Rejection roomFull(RoomId room, int capacity) {
        return new Rejection(
                Code.ROOM_FULL,
                "Room \"%s\" holds %d browsers and is full; try later, or choose another room."
                        .formatted(room, capacity));
    }

    /** A session that is in as many rooms as it may. */
    public static Rejection tooManyRooms(int limit) {
        return new Rejection(
                Code.TOO_MANY_ROOMS, "A session can be in %d rooms at once; leave one first.".formatted(limit));
    }

    /** The server's own peer cannot take part; {@code why} is the whole sentence. */
    public static Rejection serverPeerUnavailable(String why) {
        return new Rejection(Code.SERVER_PEER_UNAVAILABLE, why);
    }
}
