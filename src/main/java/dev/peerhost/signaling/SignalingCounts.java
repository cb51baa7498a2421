package dev.peerhost.signaling;

import dev.peerhost.room.Rejected;
import dev.peerhost.room.Rejection;
import dev.peerhost.room.RoomMessage;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What signaling has done since the start; counting neither waits nor locks. */
final class SignalingCounts {

    private final LongAdder sockets = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder slowReaders = new LongAdder();
    private final Map<Rejection.Code, LongAdder> rejections = new EnumMap<>(Rejection.Code.class);

    SignalingCounts() {
        for (Rejection.Code code : Rejection.Code.values()) {
            rejections.put(code, new LongAdder());
        }
    }

    /** A WebSocket has opened. */
    void opened() {
        sockets.increment();
    }

    /** A WebSocket has ended. */
    void ended() {
        sockets.decrement();
    }

    /** A SEND has come. */
    void received() {
        received.increment();
    }

    /** A message was given to a peer, for its session or for the next one. */
    void delivered(RoomMessage message) {
        delivered.increment();
        if (message instanceof Rejected rejected) {
            adder(rejected.code()).increment();
        }
    }

    /** A session was ended with an ERROR frame. */
    void failed() {
        failed.increment();
    }

    /** A session was cut off because it read too slowly. */
    void slowReader() {
        slowReaders.increment();
    }

    /** WebSockets that are open. */
    long sockets() {
        return sockets.sum();
    }

    long messagesReceived() {
        return received.sum();
    }

    long messagesDelivered() {
        return delivered.sum();
    }

    long failures() {
        return failed.sum();
    }

    long slowReaders() {
        return slowReaders.sum();
    }

    /** How many messages were refused for this reason. */
    long rejections(Rejection.Code code) {
        return adder(code).sum();
    }

    private LongAdder adder(Rejection.Code code) {
        LongAdder adder = rejections.get(code);
        if (adder == null) {
            throw new IllegalStateException("not counted: " + code);
        }
        return adder;
    }
}
