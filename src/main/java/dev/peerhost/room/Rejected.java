package dev.peerhost.room;

/**
 * Tells a sender, and nobody else, that one of its messages was refused.
 *
 * @param code the reason, for programs
 * @param message the reason and the remedy, a sentence for people
 * @param destination where the refused message was sent
 */
public record Rejected(Rejection.Code code, String message, String destination) implements RoomMessage {}
