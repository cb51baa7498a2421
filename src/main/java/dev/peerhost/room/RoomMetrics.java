package dev.peerhost.room;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** The meters of the rooms, {@code peerhost.room*}; {@code docs/operations.md} lists them. */
final class RoomMetrics implements MeterBinder {

    private final Rooms rooms;

    RoomMetrics(Rooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("peerhost.rooms", rooms, Rooms::size).register(registry);
        Gauge.builder("peerhost.room.browsers", rooms, Rooms::browsers).register(registry);
    }
}
