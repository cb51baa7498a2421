package dev.peerhost.room;

/** Is told of rooms as they open and close; the server's own peer uses it to take its place in each. */
public interface RoomListener {

    /** A room has opened and nobody is in it yet: a peer that joins it now is in every newcomer's roster. */
    void opened(Room room);

    /** The last browser has left. Residents are forgotten with the room. */
    void closed(Room room);
}
