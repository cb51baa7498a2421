package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.peerhost.channel.ChannelMessage.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.util.unit.DataSize;

/** Whether what the native library keeps until its threads end is freed while the server goes on. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class GenerationsTests {

    private static final Duration DAY = Duration.ofDays(1);
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final Text HELLO = new Text("hello");

    /** So many messages are kept at most. */
    private static final long LITTLE = 1000;

    @Test
    void messagesAreFreedWithTheirGeneration() throws Exception {
        assertThat(keptOf(4, 5000, limits(UNLIMITED, 5000, DAY))).isLessThanOrEqualTo(LITTLE);
    }

    @Test
    void withoutRotationAllAreKept() throws Exception {
        assertThat(keptOf(4, 5000, Host.WITHOUT_ROTATION)).isGreaterThanOrEqualTo(20_000);
    }

    @Test
    void theyRotateWithTheVersionThatNeedsItAlone() {
        GenerationLimits auto = limits(1, 1, DAY);
        assertThat(Rotation.choose(auto).isOn()).isTrue();
        assertThat(Rotation.choose(auto, "0.14.0").isSpent(1, 1, 0)).isTrue();
        assertThat(Rotation.choose(auto, "0.15.0").isSpent(1, 1, 0)).isFalse();
        assertThat(Rotation.choose(auto, null).isOn()).isFalse();
        assertThat(Rotation.choose(Host.WITHOUT_ROTATION, "0.14.0").isSpent(1, 1, DAY.toNanos()))
                .isFalse();
        assertThat(Rotation.choose(Host.WITHOUT_ROTATION, "0.14.0").isOverBudget(Long.MAX_VALUE))
                .isFalse();
    }

    @Test
    @Tag("nightly")
    void millionsOfMessagesAreFreed() throws Exception {
        assertThat(keptOf(6, 500_000, limits(UNLIMITED, 500_000, DAY))).isLessThanOrEqualTo(LITTLE);
    }

    @Test
    void anOldGenerationKeepsItsConnectionsAndGetsNoNewOnes() throws Exception {
        try (Host host = host(limits(1, UNLIMITED, DAY));
                Browser one = new Browser();
                Browser two = new Browser();
                Browser three = new Browser()) {
            List<Visitor> visitors = new ArrayList<>();
            List<BrowserChannel> channels = new ArrayList<>();
            for (Browser browser : List.of(one, two, three)) {
                channels.add(browser.channel("echo"));
                visitors.add(new Visitor(host.rooms, "R"));
                visitors.getLast().connect(browser);
            }
            assertThat(host.generations()).isEqualTo(3);
            for (BrowserChannel channel : channels) {
                channel.awaitOpen().send(HELLO);
                assertThat(channel.receive()).isEqualTo(HELLO);
            }

            visitors.getFirst().leave();
            host.awaitGenerations(2);
            channels.getLast().send(HELLO);
            assertThat(channels.getLast().receive()).isEqualTo(HELLO);

            visitors.get(1).leave();
            visitors.get(2).leave();
            host.awaitGenerations(0);
        }
    }

    @Test
    void anEngineThatNobodyHasUsedDoesNotAge() throws Exception {
        GenerationLimits limits = limits(UNLIMITED, UNLIMITED, Duration.ofMillis(200));
        try (Host host = host(limits);
                Browser browser = new Browser();
                Browser later = new Browser()) {
            Thread.sleep(limits.maxAge());
            browser.channel("echo");
            new Visitor(host.rooms, "R").connect(browser);
            assertThat(host.generations()).isEqualTo(1);

            Thread.sleep(limits.maxAge());
            later.channel("echo");
            new Visitor(host.rooms, "R").connect(later);
            assertThat(host.generations()).isEqualTo(2);
        }
    }

    @Test
    void beingBusyCutsNobody() throws Exception {
        try (Host host = host(limits(UNLIMITED, 10, Duration.ofMillis(1)));
                Browser browser = new Browser()) {
            BrowserChannel channel = browser.channel("echo");
            new Visitor(host.rooms, "R").connect(browser);
            channel.awaitOpen();
            for (int i = 0; i < 1000; i++) {
                channel.send(HELLO);
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(channel.receive()).isEqualTo(HELLO);
            }
            assertThat(host.generations()).isEqualTo(1);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void rotationsLeaveNoThreadsAndNoDescriptors() throws Exception {
        GenerationLimits each = limits(1, UNLIMITED, DAY);
        try (Host host = host(each)) {
            send(host, 3, 1);
            Footprint before = Footprint.now();

            send(host, 20, 1);

            Footprint after = Footprint.now();
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 5);
            assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theEndDisposesOfAllOfThem() throws Exception {
        new Browser().close();
        long before = engines();
        Host host = host(limits(1, UNLIMITED, DAY));
        try (Browser one = new Browser();
                Browser two = new Browser()) {
            for (Browser browser : List.of(one, two)) {
                BrowserChannel channel = browser.channel("echo");
                new Visitor(host.rooms, "R").connect(browser);
                channel.awaitOpen();
            }
            assertThat(engines()).isEqualTo(before + 2);

            host.close();

            assertThat(host.links.size()).isZero();
            assertThat(engines()).isEqualTo(before);
        }
    }

    /** How many messages more than before are kept after so many visitors have each sent so many and have left. */
    private static long keptOf(int visitors, int messages, GenerationLimits limits) throws Exception {
        try (Host host = host(limits)) {
            long before = buffers();
            send(host, visitors, messages);
            // The threads of the last one end after its last connection.
            host.awaitGenerations(limits.equals(Host.WITHOUT_ROTATION) ? 1 : 0);
            long kept = buffers() - before;
            System.out.printf("%s: %d x %,d messages, %d kept%n", limits, visitors, messages, kept);
            return kept;
        }
    }

    private static void send(Host host, int visitors, int messages) throws Exception {
        for (int i = 0; i < visitors; i++) {
            Visitor visitor = new Visitor(host.rooms, "R");
            try (Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("sink");
                visitor.connect(browser);
                channel.awaitOpen();
                for (int j = 0; j < messages; j++) {
                    if (j % 1000 == 0) {
                        channel.awaitBuffered(100_000);
                    }
                    channel.send(HELLO);
                }
                channel.send(new Text("report"));
                assertThat(channel.receive())
                        .isEqualTo(new Text("{\"messages\":%d,\"bytes\":%d}".formatted(messages, 5L * messages)));
            }
            visitor.leave();
            host.awaitLinks(0);
        }
    }

    /** With the budget for leaks and the deadline that a server has by default. */
    private static GenerationLimits limits(long connections, long messages, Duration age) {
        return new GenerationLimits(
                Rotation.Mode.AUTO, connections, messages, age, DataSize.ofMegabytes(256), Duration.ofSeconds(30));
    }

    private static Host host(GenerationLimits limits) {
        return new Host(NativeRelease.choose(NativeRelease.Mode.AUTO), limits, 10);
    }

    /** How many engines of this process run, by the native threads that each has one of. */
    private static long engines() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            return threads.filter(thread -> name(thread).startsWith("webrtc_jni_netw"))
                    .count();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Live objects that the native library makes of each message, after a full collection. */
    private static long buffers() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(RTCDataChannelBuffer.class.getName()))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
