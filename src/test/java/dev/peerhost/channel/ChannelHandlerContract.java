package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server counts on from every handler, as tests that a handler's own test class inherits: extend it, return the
 * handler, and add tests of what it does.
 *
 * <p>It needs JUnit 6 and AssertJ, which {@code spring-boot-starter-test} has.
 */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class ChannelHandlerContract {

    private static final int CHANNELS = 50;
    private static final int PLENTY = 10_000;

    private ChannelHandler handler;

    /** A fresh handler; {@link #mapped} makes one of a bean with annotated methods. */
    protected abstract ChannelHandler handler();

    /** A label, with parameters if need be, that the handler serves; without them unless a test says otherwise. */
    protected String label() {
        return handler().label();
    }

    /** Messages that the handler takes, in the order in which they may come. */
    protected List<ChannelMessage> messages() {
        return List.of(new Text("hello"), new Binary(new byte[] {1, 2, 3}), new Text(""), new Binary(new byte[0]));
    }

    /** The handler that a bean's {@link DataChannelMapping} method is, as an application has it. */
    protected static ChannelHandler mapped(Object bean, String label) {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("bean", bean);
        ChannelHandlers handlers = new ChannelHandlers(Map.of());
        new MappedMethods(beans, handlers, JsonMapper.shared(), null).afterSingletonsInstantiated();
        return handlers.find(ChannelLabel.parse(label));
    }

    /** A fresh handler for each test, whatever {@link #handler} does. */
    @BeforeEach
    void makeTheHandler() {
        handler = handler();
    }

    @Test
    void itsLabelIsANameWithoutParametersAndStays() {
        assertThat(handler.label()).doesNotContain("?").isEqualTo(handler.label());
        assertThat(ChannelLabel.parse(label()).name()).isEqualTo(handler.label());
    }

    @Test
    void itTakesItsMessagesAndTheEnd() throws Exception {
        RecordingChannel channel = channel(PLENTY);
        converse(channel);
        handler.close(channel);
    }

    @Test
    void itTakesAnEndBeforeAnyMessage() throws Exception {
        RecordingChannel channel = channel(PLENTY);
        handler.open(channel);
        handler.close(channel);
    }

    /** One that tries again and again, without a bound, would hold its thread for ever. */
    @Test
    void itGivesUpOnAReaderThatNeverReads() throws Exception {
        RecordingChannel stalled = channel(0);
        converse(stalled);
        handler.close(stalled);
        assertThat(stalled.sent()).isEmpty();
    }

    @Test
    void itGivesUpOnAChannelThatHasClosedMeanwhile() throws Exception {
        RecordingChannel channel = channel(PLENTY);
        handler.open(channel);
        channel.close();
        int sent = channel.sent().size();
        for (ChannelMessage message : messages()) {
            handler.message(channel, message);
        }
        handler.close(channel);
        assertThat(channel.sent()).hasSize(sent);
    }

    /** The calls of one channel come one after another; those of other channels at the same time. */
    @Test
    void itServesManyChannelsAtOnce() throws Exception {
        List<Future<@Nullable Void>> calls = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CHANNELS; i++) {
                calls.add(threads.submit(() -> {
                    RecordingChannel channel = channel(PLENTY);
                    converse(channel);
                    handler.close(channel);
                    return null;
                }));
            }
            for (Future<@Nullable Void> call : calls) {
                call.get(20, TimeUnit.SECONDS);
            }
        }
    }

    /** Else a server that runs for months would keep each of its visitors. */
    @Test
    void itForgetsAChannelThatHasClosed() throws Exception {
        ReferenceQueue<Channel> forgotten = new ReferenceQueue<>();
        List<Reference<Channel>> visitors = new ArrayList<>();
        for (int i = 0; i < CHANNELS; i++) {
            visitors.add(visit(forgotten));
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!visitors.isEmpty()) {
            if (System.nanoTime() > deadline) {
                fail("It keeps channels that have closed: let go of them in close(Channel).");
            }
            System.gc();
            // One collection may leave some of them.
            for (Reference<? extends Channel> one = forgotten.remove(100); one != null; one = forgotten.poll()) {
                visitors.remove(one);
            }
        }
    }

    private Reference<Channel> visit(ReferenceQueue<Channel> forgotten) throws Exception {
        RecordingChannel channel = channel(PLENTY);
        converse(channel);
        handler.close(channel);
        return new WeakReference<>(channel, forgotten);
    }

    private void converse(RecordingChannel channel) throws Exception {
        handler.open(channel);
        for (ChannelMessage message : messages()) {
            handler.message(channel, message);
        }
    }

    private RecordingChannel channel(int takes) {
        return new RecordingChannel(label(), "R", takes);
    }
}
