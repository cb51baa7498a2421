package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTests {

    private final Mailbox.Memory memory = new Mailbox.Memory(1 << 20);
    private final Mailbox mailbox = new Mailbox(memory);

    @Test
    void itHoldsWhatCameLastUpToItsNumberOfMessages() {
        IntStream.rangeClosed(1, 1000).forEach(i -> mailbox.add(new byte[] {(byte) i}));

        assertThat(mailbox.last()).isEqualTo(1000);
        assertThat(mailbox.holdsAllAfter(1000 - Mailbox.MAX_MESSAGES)).isTrue();
        assertThat(mailbox.holdsAllAfter(1000 - Mailbox.MAX_MESSAGES - 1)).isFalse();
        assertThat(mailbox.holdsAllAfter(1001)).isFalse();
        assertThat(mailbox.after(1000)).isEmpty();
        assertThat(mailbox.after(997))
                .containsExactly(new byte[] {(byte) 998}, new byte[] {(byte) 999}, new byte[] {(byte) 1000});
    }

    @Test
    void itHoldsNoMoreThanItsBytes() {
        IntStream.range(0, 100).forEach(i -> mailbox.add(new byte[10_000]));

        assertThat(memory.used()).isBetween(Mailbox.MAX_BYTES - 11_000L, (long) Mailbox.MAX_BYTES);
        assertThat(mailbox.holdsAllAfter(76)).isTrue();
        assertThat(mailbox.holdsAllAfter(50)).isFalse();
    }

    @Test
    void allTogetherHoldNoMoreThanTheirMemoryAndWhoIsShortForgetsItsOwn() {
        Mailbox.Memory small = new Mailbox.Memory(25_000);
        Mailbox first = new Mailbox(small);
        Mailbox second = new Mailbox(small);
        first.add(new byte[10_000]);
        second.add(new byte[10_000]);

        second.add(new byte[10_000]);
        assertThat(first.holdsAllAfter(0)).isTrue();
        assertThat(second.holdsAllAfter(0)).isFalse();
        assertThat(second.holdsAllAfter(1)).isTrue();

        second.add(new byte[20_000]);
        assertThat(second.holdsAllAfter(2)).isFalse();
        assertThat(second.holdsAllAfter(3)).isTrue();
        first.clear();
        assertThat(small.used()).isZero();
    }

    @Test
    void clearingGivesTheMemoryBack() {
        mailbox.add(new byte[1000]);
        mailbox.clear();

        assertThat(memory.used()).isZero();
        assertThat(mailbox.holdsAllAfter(0)).isFalse();
    }
}
