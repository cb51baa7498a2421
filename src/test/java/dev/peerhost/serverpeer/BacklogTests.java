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

    private boolean send(int size) {
        boolean reserved = backlog.reserve(size);
        if (reserved) {
            buffered.addAndGet(size);
            backlog.sent(size);
        }
        return reserved;
    }
}
