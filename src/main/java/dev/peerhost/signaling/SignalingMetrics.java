package dev.peerhost.signaling;

import dev.peerhost.room.Rejection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The meters of signaling, {@code peerhost.signaling.*}; {@code docs/operations.md} lists them. */
final class SignalingMetrics implements MeterBinder {

    private final SignalingCounts counts;
    private final Places places;

    SignalingMetrics(SignalingCounts counts, Places places) {
        this.counts = counts;
        this.places = places;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("peerhost.signaling.sockets", counts, SignalingCounts::sockets)
                .register(registry);
        Gauge.builder("peerhost.signaling.places.kept", places, Places::kept).register(registry);
        counter("peerhost.signaling.messages.received", SignalingCounts::messagesReceived)
                .register(registry);
        counter("peerhost.signaling.messages.delivered", SignalingCounts::messagesDelivered)
                .register(registry);
        counter("peerhost.signaling.sessions.cut", SignalingCounts::failures)
                .tag("reason", "error")
                .register(registry);
        counter("peerhost.signaling.sessions.cut", SignalingCounts::slowReaders)
                .tag("reason", "slow-reader")
                .register(registry);
        for (Rejection.Code code : Rejection.Code.values()) {
            counter("peerhost.signaling.rejections", now -> now.rejections(code))
                    .tag("code", code.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private FunctionCounter.Builder<SignalingCounts> counter(String name, ToDoubleFunction<SignalingCounts> value) {
        return FunctionCounter.builder(name, counts, value);
    }
}
