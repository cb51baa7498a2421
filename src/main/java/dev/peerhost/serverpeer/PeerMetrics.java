package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.channel.SendResult;
import dev.peerhost.serverpeer.affinity.Affinity;
import dev.peerhost.serverpeer.limit.Limit;
import dev.peerhost.serverpeer.limit.Limits;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * The meters of the server's own peer, {@code peerhost.peer.*}; {@code docs/operations.md} lists them. All of them read
 * counts that are kept anyway, when somebody asks: a message costs nothing more.
 */
final class PeerMetrics implements MeterBinder {

    private final PeerLinks links;
    private final Channels channels;
    private final Affinity affinity;
    private final Traffic traffic;

    PeerMetrics(PeerLinks links, Channels channels, Affinity affinity) {
        this.links = links;
        this.channels = channels;
        this.affinity = affinity;
        this.traffic = channels.traffic();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        connections(registry);
        channels(registry);
        messages(registry);
        times(registry, "peerhost.peer.callback", traffic.callbacks());
        times(registry, "peerhost.peer.handler.wait", traffic.waits());
        generations(registry);
        Gauge.builder("peerhost.peer.affinity", affinity, threads -> threads.isTied() ? 1 : 0)
                .register(registry);
    }

    private void connections(MeterRegistry registry) {
        for (RTCPeerConnectionState state : RTCPeerConnectionState.values()) {
            gauge("peerhost.peer.connections", all -> count(all, state))
                    .tag("state", name(state))
                    .register(registry);
        }
        for (Limit limit : Limit.values()) {
            Limits limits = links.admission().limits();
            FunctionCounter.builder("peerhost.peer.limits.exceeded", limits, all -> all.exceeded(limit))
                    .tag("limit", name(limit))
                    .register(registry);
        }
        FunctionCounter.builder("peerhost.peer.udp.overflows", links, all -> UdpOverflows.count())
                .register(registry);
        gauge(
                        "peerhost.peer.operations.queued",
                        all -> all.all().stream()
                                .mapToLong(link -> link.operations().load())
                                .sum())
                .register(registry);
    }

    private void channels(MeterRegistry registry) {
        Gauge.builder("peerhost.peer.channels", channels, Channels::size).register(registry);
        Gauge.builder(
                        "peerhost.peer.received.queued",
                        channels,
                        all -> all.toHandle().get())
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("peerhost.peer.sent.queued", channels, all -> all.toSend().get())
                .baseUnit("bytes")
                .register(registry);
        counter("peerhost.peer.channels.closed", Traffic::slowHandlers)
                .tag("reason", "slow-handler")
                .register(registry);
        counter("peerhost.peer.channels.closed", Traffic::slowReaders)
                .tag("reason", "slow-reader")
                .register(registry);
    }

    private void messages(MeterRegistry registry) {
        counter("peerhost.peer.messages.received", Traffic::messagesReceived).register(registry);
        counter("peerhost.peer.messages.dropped", Traffic::dropped).register(registry);
        counter("peerhost.peer.received", Traffic::bytesReceived)
                .baseUnit("bytes")
                .register(registry);
        counter("peerhost.peer.sent", Traffic::bytesSent).baseUnit("bytes").register(registry);
        for (SendResult result : SendResult.values()) {
            counter("peerhost.peer.sends", counts -> counts.sends(result))
                    .tag("result", name(result))
                    .register(registry);
        }
    }

    private void generations(MeterRegistry registry) {
        gauge("peerhost.peer.generation.newest", all -> of(all, Generations::newest))
                .register(registry);
        gauge("peerhost.peer.generation.alive", all -> of(all, Generations::alive))
                .register(registry);
        gauge("peerhost.peer.generation.leaked", all -> of(all, Generations::leakedBytes))
                .baseUnit("bytes")
                .register(registry);
        gauge(
                        "peerhost.peer.generation.rotation",
                        all -> of(all, now -> now.rotation().isOn() ? 1 : 0))
                .register(registry);
        gauge("peerhost.peer.native.release", all -> of(all, now -> now.releases() ? 1 : 0))
                .register(registry);
        gauge("peerhost.peer.native.memory", all -> ResidentMemory.ofNatives())
                .baseUnit("bytes")
                .register(registry);
    }

    private static void times(MeterRegistry registry, String name, Traffic.Times times) {
        FunctionTimer.builder(name, times, Traffic.Times::count, Traffic.Times::totalSeconds, TimeUnit.SECONDS)
                .register(registry);
        TimeGauge.builder(name + ".longest", times, TimeUnit.SECONDS, Traffic.Times::longestSeconds)
                .register(registry);
    }

    private FunctionCounter.Builder<Traffic> counter(String name, ToDoubleFunction<Traffic> count) {
        return FunctionCounter.builder(name, traffic, count);
    }

    private Gauge.Builder<PeerLinks> gauge(String name, ToDoubleFunction<PeerLinks> value) {
        return Gauge.builder(name, links, value);
    }

    private static double of(PeerLinks links, ToDoubleFunction<Generations> value) {
        Generations running = links.generations();
        return running == null ? 0 : value.applyAsDouble(running);
    }

    private static long count(PeerLinks links, RTCPeerConnectionState state) {
        return links.all().stream()
                .map(PeerLink::connection)
                .filter(connection -> connection != null && connection.state() == state)
                .count();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
