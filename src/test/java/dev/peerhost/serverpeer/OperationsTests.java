package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OperationsTests {

    private final Operations operations = new Operations("test", 100);
    private final List<Integer> ran = new CopyOnWriteArrayList<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    @Test
    void tasksRunInOrderOneAfterAnother() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            int number = i;
            assertThat(operations.offer(() -> ran.add(number), 1)).isTrue();
        }
        operations.close(done::countDown);
        done.await();

        assertThat(ran).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aTaskThatFailsDoesNotStopTheNext() throws InterruptedException {
        operations.offer(
                () -> {
                    throw new StackOverflowError("as a task may");
                },
                1);
        operations.offer(() -> ran.add(2), 1);
        operations.close(done::countDown);
        done.await();

        assertThat(ran).containsExactly(2);
    }

    @Test
    void aboveTheLimitTasksAreRefusedUntilThereIsRoom() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        operations.offer(
                () -> {
                    running.countDown();
                    uninterruptibly(blocked);
                },
                1);
        running.await();

        assertThat(operations.offer(() -> ran.add(1), 100)).isTrue();
        assertThat(operations.offer(() -> ran.add(2), 1)).isFalse();
        operations.close(done::countDown);
        blocked.countDown();
        done.await();

        assertThat(ran).containsExactly(1);
    }

    @Test
    void afterTheLastTaskNothingIsTaken() throws InterruptedException {
        assertThat(operations.close(done::countDown)).isTrue();

        assertThat(operations.offer(() -> ran.add(1), 1)).isFalse();
        assertThat(operations.close(() -> ran.add(2))).isFalse();
        assertThat(operations.isClosed()).isTrue();
        done.await();
        assertThat(ran).isEmpty();
    }

    @Test
    void oneThreadWaitsForWorkAndEndsWithTheQueue() throws InterruptedException {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        operations.offer(
                () -> {
                    threads.add(Thread.currentThread());
                    // What a task leaves behind is not the next one's, and keeps no processor busy.
                    Thread.currentThread().interrupt();
                    done.countDown();
                },
                1);
        done.await();
        Thread worker = threads.getFirst();
        awaitWaiting(worker);
        assertThat(worker.isInterrupted()).isFalse();

        operations.offer(() -> threads.add(Thread.currentThread()), 1);
        awaitWaiting(worker);
        operations.close(() -> threads.add(Thread.currentThread()));

        assertThat(worker.join(Duration.ofSeconds(10))).isTrue();
        assertThat(threads).containsExactly(worker, worker, worker);
    }

    /** Bounded by the time-out of the class. */
    private void awaitWaiting(Thread worker) {
        while (operations.load() > 0 || worker.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
