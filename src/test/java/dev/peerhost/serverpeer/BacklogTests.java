package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BacklogTests {

    private static final int LARGEST = 262_144;

    private final AtomicLong buffered = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Backlog backlog = new Backlog(
            () -> {
                asked.incrementAndGet();
                return buffered.get();
            },
            new SendBudget(4 * Backlog.HIGH_WATER, new AtomicLong(), 64 * Backlog.HIGH_WATER));

    @Test
    void theNativeLibraryIsNotAskedBelowTheHighWaterMark() {
        for (int i = 0; i < 4; i++) {
            assertThat(send(LARGEST)).isTrue();
        }
        assertThat(asked).hasValue(0);

        assertThat(send(1)).isFalse();
        assertThat(asked).hasValue(1);
    }

    @Test
    void whatHasLeftMakesRoom() {
        for (int i = 0; i < 4; i++) {
            send(LARGEST);
        }
        assertThat(backlog.isDrained()).isFalse();
        buffered.set(Backlog.LOW_WATER);

        assertThat(backlog.isDrained()).isTrue();
        assertThat(send(LARGEST)).isTrue();
    }

    @Test
    void whatIsRefusedDoesNotCount() {
        for (int i = 0; i < 4; i++) {
            send(LARGEST);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(send(LARGEST)).isFalse();
        }
        buffered.addAndGet(-LARGEST);

        assertThat(send(LARGEST)).isTrue();
    }

    @Test
    void manySendersAtOnceNeverPassTheHighWaterMark() throws InterruptedException {
        AtomicLong most = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            senders.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 20_000; j++) {
                    if (backlog.reserve(10_000)) {
                        most.accumulateAndGet(buffered.addAndGet(10_000), Math::max);
                        backlog.sent(10_000);
                    } else {
                        buffered.getAndUpdate(bytes -> Math.max(0, bytes - 50_000));
                    }
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(most.get()).isPositive().isLessThanOrEqualTo(Backlog.HIGH_WATER);
    }

    @Test
    void aReaderIsStuckWhenNothingOfWhatWaitsLeavesForLongEnough() {
        assertThat(backlog.isStuck(0, 30)).isFalse();
        send(1000);
        assertThat(backlog.isStuck(100, 30)).isFalse();
        assertThat(backlog.isStuck(129, 30)).isFalse();
        buffered.addAndGet(-1);
        assertThat(backlog.isStuck(130, 30)).isFalse();
        send(500);
        assertThat(backlog.isStuck(159, 30)).isFalse();
        assertThat(backlog.isStuck(160, 30)).isTrue();
        assertThat(backlog.isStuck(189, 30)).isFalse();
        backlog.pause();
        assertThat(backlog.isStuck(1000, 30)).isFalse();
        assertThat(backlog.isStuck(1030, 30)).isTrue();
        buffered.set(0);
        assertThat(backlog.isStuck(9999, 30)).isFalse();
    }

    @Test
    void aConnectionMayHoldALittleHoweverMuchTheOthersHold() {
        AtomicLong all = new AtomicLong(Backlog.HIGH_WATER);
        Backlog small = new Backlog(() -> LARGEST, new SendBudget(Backlog.HIGH_WATER, all, Backlog.HIGH_WATER));

        assertThat(small.isDrained()).isTrue();
        assertThat(small.reserve(LARGEST)).isTrue();
        assertThat(small.reserve(1)).isFalse();
        assertThat(small.isDrained()).isFalse();
        small.close();

        assertThat(all).hasValue(Backlog.HIGH_WATER);
        assertThat(small.reserve(1)).isFalse();
    }

    private boolean send(int size) {
        boolean reserved = backlog.reserve(size);
        if (reserved) {
            buffered.addAndGet(size);
            backlog.sent(size);
        }
        return reserved;
    }
}
