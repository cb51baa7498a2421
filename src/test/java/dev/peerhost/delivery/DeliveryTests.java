package dev.peerhost.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.channel.SendResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ends of a {@code peerhost.1} channel whose frames a test moves, loses and sends again. */
class DeliveryTests {

    private final End a = new End();
    private final End b = new End();

    @Test
    void everySizeArrivesInItsKindAndSmallOnesOvertakeLargeOnes() throws Exception {
        cut();
        settle();
        List<ChannelMessage> small =
                List.of(new Text(""), new Binary(new byte[0]), new Text("ä€😀"), new Binary(new byte[65_535]));
        Text largeText = new Text("ä".repeat(100_000));
        Binary large = new Binary(new byte[1_000_000]);

        assertThat(a.delivery.offer(largeText)).isEqualTo(SendResult.ACCEPTED);
        assertThat(a.delivery.offer(large)).isEqualTo(SendResult.WOULD_BLOCK);
        small.forEach(message -> assertThat(a.delivery.offer(message)).isEqualTo(SendResult.ACCEPTED));
        settle();
        assertThat(a.delivery.offer(large)).isEqualTo(SendResult.ACCEPTED);
        settle();

        assertThat(b.messages.subList(0, 4)).isEqualTo(small);
        assertThat(b.messages.subList(4, 6)).isEqualTo(List.of(largeText, large));
        b.delivery.acknowledge();
        settle();
        assertThat(a.delivery.undelivered()).isZero();
        assertThat(a.delivery.kept()).isZero();
    }

    @Test
    void aMessageAboveTheLimitIsTooLarge() throws Exception {
        cut();
        assertThat(a.delivery.offer(new Binary(new byte[65_536]))).isEqualTo(SendResult.WOULD_BLOCK);
        settle();

        assertThat(a.delivery.offer(new Binary(new byte[Delivery.LARGEST_MESSAGE + 1])))
                .isEqualTo(SendResult.TOO_LARGE);
        assertThat(a.delivery.offer(new Binary(new byte[Delivery.LARGEST_MESSAGE])))
                .isEqualTo(SendResult.ACCEPTED);
        settle();
        assertThat(b.messages.getFirst().bytes()).hasSize(Delivery.LARGEST_MESSAGE);
    }

    @Test
    void whoDealsWithNothingHoldsTheSenderUp() throws Exception {
        cut();
        settle();
        b.deals = false;
        Binary message = new Binary(new byte[65_535]);
        int accepted = 0;
        while (a.delivery.offer(message) == SendResult.ACCEPTED) {
            accepted++;
            settle();
        }
        assertThat(accepted).isEqualTo(64);
        assertThat(a.delivery.isWritable()).isFalse();
        assertThat(a.delivery.undelivered()).isEqualTo(64);

        b.delivery.handled(b.last);
        settle();

        assertThat(a.delivery.isWritable()).isTrue();
    }

    @Test
    void anotherOneAtTheOtherEndIsRefused() throws Exception {
        cut();
        settle();
        b.delivery = new Delivery();
        cut();

        assertThatThrownBy(this::settle)
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("began anew");
    }

    @Test
    void anAbortedMessageIsDroppedAndTheNextOneComes() throws Exception {
        cut();
        settle();
        for (String frame : List.of("020000ffff61", "04ffff", "06", "0062", "03000000030a", "050b0c")) {
            b.take(HexFormat.of().parseHex(frame));
        }
        assertThat(b.messages).containsExactly(new Text("b"), new Binary(new byte[] {10, 11, 12}));
        assertThat(b.delivery.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0061", // before the hello
                "HELLO HELLO",
                "HELLO 110000000000000001", // nothing was sent
                "HELLO 0401",
                "HELLO 020000000961 020000000961",
                "HELLO 020000000261 056162",
                "HELLO 020000000361 0561",
                "HELLO 020400000161",
                "HELLO 02ffffffff61"
            })
    void whatIsForbiddenIsRefused(String frames) throws Exception {
        cut();
        byte[] hello = b.flying.getFirst();
        assertThatThrownBy(() -> {
                    for (String frame : frames.split(" ")) {
                        a.delivery.receive(
                                frame.equals("HELLO") ? hello : HexFormat.of().parseHex(frame));
                    }
                })
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void underCutsEachMessageArrivesOnceInOrder(long seed) throws Exception {
        List<List<ChannelMessage>> sent = storm(seed, frame -> frame);

        assertThat(ordered(b.messages)).isEqualTo(ordered(sent.get(0)));
        assertThat(ordered(a.messages)).isEqualTo(ordered(sent.get(1)));
    }

    /** The control: as if what comes again were new, until that itself is noticed. */
    @Test
    void whoDoesNotTellWhatComesAgainGetsMessagesTwice() {
        assertThatThrownBy(() -> storm(
                        1,
                        hello -> new Frame.Hello(
                                hello.self(),
                                hello.other(),
                                hello.self().equals(a.delivery.id()) ? b.next : a.next,
                                hello.next(),
                                hello.limit())))
                .isInstanceOf(MalformedFrameException.class);

        assertThat(a.messages.size() + b.messages.size())
                .isGreaterThan(
                        Set.copyOf(a.messages).size() + Set.copyOf(b.messages).size());
    }

    private List<List<ChannelMessage>> storm(long seed, UnaryOperator<Frame.Hello> change) throws Exception {
        Random random = new Random(seed);
        List<List<ChannelMessage>> sent = List.of(new ArrayList<>(), new ArrayList<>());
        a.change = change;
        b.change = change;
        cut();
        int cuts = 0;
        for (int number = 0; number < 600; ) {
            boolean fromA = random.nextBoolean();
            End from = fromA ? a : b;
            boolean large = random.nextInt(20) == 0;
            String name = "%s %d %s"
                    .formatted(
                            large ? "large" : "small",
                            number,
                            "x".repeat(large ? 66_000 + random.nextInt(200_000) : random.nextInt(300)));
            ChannelMessage message =
                    random.nextBoolean() ? new Text(name) : new Binary(name.getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(3) == 0 && from.delivery.offer(message) == SendResult.ACCEPTED) {
                sent.get(fromA ? 0 : 1).add(message);
                number++;
            }
            from.pump(random.nextInt(3));
            (fromA ? b : a).arrive(from);
            if (random.nextInt(40) == 0) {
                cuts++;
                cut();
            }
        }
        settle();
        assertThat(cuts).isGreaterThan(10);
        return sent;
    }

    /** Those of one frame and the larger ones, each in their order: all that the protocol promises. */
    private static List<List<ChannelMessage>> ordered(List<ChannelMessage> messages) {
        return List.of(
                messages.stream()
                        .filter(one -> one.bytes().length < Frame.LARGEST)
                        .toList(),
                messages.stream()
                        .filter(one -> one.bytes().length >= Frame.LARGEST)
                        .toList());
    }

    private void cut() {
        a.carry();
        b.carry();
    }

    private void settle() throws MalformedFrameException {
        boolean moved = true;
        while (moved) {
            a.pump(Integer.MAX_VALUE);
            b.pump(Integer.MAX_VALUE);
            moved = b.arrive(a);
            moved |= a.arrive(b);
        }
    }

    /** One end. */
    private static final class End {

        private Delivery delivery = new Delivery();
        private Object wire = new Object();
        private final Deque<byte[]> flying = new ArrayDeque<>();
        private final List<ChannelMessage> messages = new ArrayList<>();
        private UnaryOperator<Frame.Hello> change = hello -> hello;
        private boolean deals = true;
        private long last;
        private long next;

        void carry() {
            wire = new Object();
            flying.clear();
            delivery.carriedBy(wire);
            pump(1);
            next = ByteBuffer.wrap(flying.getFirst()).getLong(41);
        }

        byte @Nullable [] poll(boolean room) {
            return delivery.next(wire, room, room);
        }

        void pump(int most) {
            for (int i = 0; i < most; i++) {
                byte[] frame = poll(true);
                if (frame == null) {
                    return;
                }
                flying.add(frame);
            }
        }

        boolean arrive(End from) throws MalformedFrameException {
            byte[] frame = from.flying.poll();
            if (frame == null) {
                return false;
            }
            take(
                    Frame.decode(frame) instanceof Frame.Hello hello
                            ? change.apply(hello).encode()
                            : frame);
            return true;
        }

        void take(byte[] frame) throws MalformedFrameException {
            Incoming received = delivery.receive(frame);
            if (received != null) {
                messages.add(received.message());
                last = received.number();
                if (deals) {
                    delivery.handled(last);
                }
            }
        }
    }
}
