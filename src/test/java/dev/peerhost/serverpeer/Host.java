package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelHandlers;
import dev.peerhost.ice.IceServers;
import dev.peerhost.room.Rooms;
import dev.peerhost.serverpeer.affinity.Affinity;
import dev.peerhost.serverpeer.limit.Admission;
import dev.peerhost.serverpeer.limit.Limits;
import dev.peerhost.serverpeer.limit.PeerLimits;
import dev.peerhost.serverpeer.network.Announcement;
import dev.peerhost.serverpeer.network.Network;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.util.unit.DataSize;

/** A server's own peer with its rooms, put together as the application does it but without a web server. */
final class Host implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** One generation for all connections. */
    static final GenerationLimits WITHOUT_ROTATION = new GenerationLimits(
            Rotation.Mode.OFF, 1, 1, Duration.ofSeconds(1), DataSize.ofKilobytes(1), Duration.ofSeconds(1));

    /** Those that the application has by default. */
    static final PeerLimits LIMITS =
            new PeerLimits(500, 300, 600, 16, 1024, 1024, Duration.ZERO, Duration.ZERO, 0, DataSize.ofBytes(0));

    static final BufferLimits BUFFER = new BufferLimits(
            DataSize.ofMegabytes(4),
            DataSize.ofMegabytes(256),
            DataSize.ofMegabytes(64),
            DataSize.ofMegabytes(256),
            PATIENCE);

    final Channels channels;
    private static final Network ANY_NETWORK = new Network(List.of(), null, new Announcement(List.of(), null));

    final PeerLinks links;
    final Affinity affinity;
    final Rooms rooms;

    /** With the built-in handlers and more. */
    Host(int limit, ChannelHandler... more) {
        this(BUFFER, limit, more);
    }

    /** The same with bounds on what waits. */
    Host(BufferLimits buffer, int limit, ChannelHandler... more) {
        this(admission(limit), buffer, more);
    }

    /** The same with other limits. */
    Host(Admission admission, BufferLimits buffer, ChannelHandler... more) {
        this(ANY_NETWORK, NativeRelease.choose(NativeRelease.Mode.AUTO), WITHOUT_ROTATION, buffer, admission, more);
    }

    /** The same with or without the release of native connections, and with rotation. */
    Host(NativeRelease release, GenerationLimits generation, int limit, ChannelHandler... more) {
        this(ANY_NETWORK, release, generation, BUFFER, admission(limit), more);
    }

    /** With the built-in handlers on a network of its own. */
    Host(Network network, int limit) {
        this(network, NativeRelease.choose(NativeRelease.Mode.AUTO), WITHOUT_ROTATION, BUFFER, admission(limit));
    }

    private Host(
            Network network,
            NativeRelease release,
            GenerationLimits generation,
            BufferLimits buffer,
            Admission admission,
            ChannelHandler... more) {
        IceServers none = new IceServers(List.of());
        this.channels = new Channels(handlers(more), buffer);
        Rotation rotation = Rotation.choose(generation);
        this.links = new PeerLinks(channels, () -> new Generations(none, network, release, rotation), admission);
        links.start();
        this.affinity =
                new Affinity(Affinity.Mode.AUTO, channels.traffic()::smallMessages, channels.traffic()::connections);
        affinity.start();
        this.rooms = new Rooms(32, List.of(new ServerPeer(links, new ServerPeerStatus(null))));
    }

    /** How many engine generations hold native threads or may come to; 0 when stopped. */
    int generations() {
        Generations running = links.generations();
        return running == null ? 0 : running.alive();
    }

    /** Waits until so many links are left. */
    void awaitLinks(int count) throws InterruptedException {
        await("links", links::size, count);
    }

    /** Waits until so many engine generations are left. */
    void awaitGenerations(int count) throws InterruptedException {
        await("generations", this::generations, count);
    }

    private static void await(String what, IntSupplier counter, int count) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (counter.getAsInt() != count) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("%d %s and not %d".formatted(counter.getAsInt(), what, count));
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        affinity.stop();
        links.stop();
    }

    private static Admission admission(int limit) {
        return new Admission(limit, new Limits(LIMITS));
    }

    private static ChannelHandlers handlers(ChannelHandler... more) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(Handlers.class);
            for (ChannelHandler handler : more) {
                context.getBeanFactory().registerSingleton("handler of " + handler.label(), handler);
            }
            context.refresh();
            return context.getBean(ChannelHandlers.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackageClasses = ChannelHandler.class,
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*\\.ChannelConfiguration"))
    static class Handlers {}
}
