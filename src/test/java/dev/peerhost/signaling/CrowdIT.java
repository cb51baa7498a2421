package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Everybody's network breaks at the same moment. */
@Tag("nightly")
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.peer.enabled=false")
class CrowdIT {

    private static final int CLIENTS = 1000;
    private static final int ROOM = 10;
    private static final Duration BACK_WITHIN = Duration.ofSeconds(10);

    /** The library's first delay is a random part of this. */
    private static final int SPREAD_MS = 500;

    @LocalServerPort
    private int port;

    @Test
    void aThousandAreBackWithinTenSecondsAndPagesAreServedMeanwhile() throws Exception {
        List<StompClient> clients = new ArrayList<>();
        try (CuttableProxy network = new CuttableProxy(port);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(StompClient.join(network.port(), "crowd-" + i / ROOM, "c" + i));
            }
            ConcurrentSkipListSet<Long> latencies = new ConcurrentSkipListSet<>();

            long start = System.nanoTime();
            network.tear();
            assertThat(network.torn()).isEqualTo(2 * CLIENTS);
            List<Callable<StompClient>> returns = new ArrayList<>();
            for (StompClient client : clients) {
                returns.add(() -> {
                    Thread.sleep(ThreadLocalRandom.current().nextInt(SPREAD_MS));
                    StompClient again = StompClient.resume(network.port(), client.token(), 1);
                    assertThat(again.message("welcome").path("resumed").booleanValue())
                            .isTrue();
                    return again;
                });
            }
            Future<?> visitor = threads.submit(() -> visit(latencies));
            List<Future<StompClient>> back = threads.invokeAll(returns, BACK_WITHIN.toSeconds(), TimeUnit.SECONDS);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            visitor.cancel(true);

            for (Future<StompClient> one : back) {
                clients.add(one.get());
            }
            assertThat(took).isLessThan(BACK_WITHIN);
            List<Long> sorted = List.copyOf(latencies);
            assertThat(sorted.get(sorted.size() * 99 / 100)).isLessThan(TimeUnit.MILLISECONDS.toNanos(200));
        } finally {
            clients.forEach(StompClient::close);
        }
    }

    private Void visit(ConcurrentSkipListSet<Long> latencies) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
                    .build();
            while (!Thread.interrupted()) {
                long start = System.nanoTime();
                assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
                latencies.add(System.nanoTime() - start);
            }
        }
        return null;
    }
}
