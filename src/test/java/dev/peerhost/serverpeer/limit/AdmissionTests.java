package dev.peerhost.serverpeer.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class AdmissionTests {

    private static final PeerLimits FEW =
            new PeerLimits(2, 10, 20, 16, 1024, 1024, Duration.ZERO, Duration.ZERO, 0, DataSize.ofBytes(0));

    private final Limits limits = new Limits(FEW);
    private long now;
    private final Admission admission = new Admission(3, limits, () -> now);

    @Test
    void anAddressHasSoManyConnectionsAndAllTogetherSoMany() {
        Runnable first = admission.connect("192.0.2.1");
        admission.connect("192.0.2.1");
        exceeds(Limit.CONNECTIONS_PER_ADDRESS, () -> admission.connect("192.0.2.1"), "2 connections with your address");
        admission.connect("192.0.2.2");
        exceeds(Limit.CONNECTIONS, () -> admission.connect("192.0.2.3"), "has 3 connections and takes no more");

        first.run();

        admission.connect("192.0.2.1");
    }

    @Test
    void whatHasNoAddressCountsInAllAlone() {
        for (int i = 0; i < 3; i++) {
            admission.connect(null);
        }
        exceeds(Limit.CONNECTIONS, () -> admission.connect(null), "has 3 connections");
        for (int i = 0; i < 100; i++) {
            admission.offer(null);
        }
    }

    @Test
    void offersOfAnAddressHaveABurstAndARate() {
        assertThat(offers("192.0.2.1", 100)).isEqualTo(20);
        assertThat(offers("192.0.2.2", 5)).isEqualTo(5);
        now += TimeUnit.MILLISECONDS.toNanos(500);
        assertThat(offers("192.0.2.1", 100)).isEqualTo(5);
        now += TimeUnit.HOURS.toNanos(1);
        assertThat(offers("192.0.2.1", 100)).isEqualTo(20);

        assertThat(limits.exceeded(Limit.OFFERS_PER_SECOND)).isEqualTo(80 + 95 + 80);
        exceeds(Limit.OFFERS_PER_SECOND, () -> admission.offer("192.0.2.1"), "More than 10 offers a second came");
    }

    @Test
    void thoseWhoWereQuietLongestAreForgotten() {
        assertThat(offers("192.0.2.1", 100)).isEqualTo(20);
        for (int i = 0; i < 9_999; i++) {
            admission.offer("10.0.%d.%d".formatted(i / 256, i % 256));
        }
        assertThat(offers("192.0.2.1", 1)).isZero();
        for (int i = 0; i < 10_000; i++) {
            admission.offer("10.1.%d.%d".formatted(i / 256, i % 256));
        }
        assertThat(offers("192.0.2.1", 1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,               192.0.2.2,           false",
        "2001:db8:1:2:3:4:5:6,    2001:db8:1:2::1,     true",
        "2001:db8:1:2:3:4:5:6,    2001:db8:1:3::1,     false",
        "fe80::1%eth0,            fe80::2%eth1,        true",
        "::ffff:192.0.2.1,        192.0.2.1,           true",
        "0:0:0:0:0:0:0:1,         ::1,                 true",
        "no:address,              no:address,          true"
    })
    void sixtyFourBitsOfAnIpV6AddressCount(String one, String other, boolean same) {
        assertThat(ClientNetwork.of(one).equals(ClientNetwork.of(other))).isEqualTo(same);
    }

    @Test
    void moreThanABucketHoldsIsOwed() {
        TokenBucket bucket = new TokenBucket(100, 100, () -> now);

        assertThat(List.of(bucket.take(250), bucket.take(1))).containsExactly(true, false);
        now += TimeUnit.MILLISECONDS.toNanos(1400);
        assertThat(bucket.take(1)).isFalse();
        now += TimeUnit.MILLISECONDS.toNanos(200);
        assertThat(List.of(bucket.take(5), bucket.take(100))).containsExactly(true, false);
    }

    private int offers(String address, int count) {
        List<Boolean> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            try {
                admission.offer(address);
                taken.add(true);
            } catch (LimitExceeded tooMany) {
                assertThat(tooMany.limit()).isEqualTo(Limit.OFFERS_PER_SECOND);
            }
        }
        return taken.size();
    }

    private void exceeds(Limit limit, Runnable wish, String sentence) {
        long before = limits.exceeded(limit);
        assertThatThrownBy(wish::run).isInstanceOfSatisfying(LimitExceeded.class, exceeded -> {
            assertThat(exceeded.limit()).isEqualTo(limit);
            assertThat(exceeded.sentence()).contains(sentence).endsWith(".");
        });
        assertThat(limits.exceeded(limit)).isEqualTo(before + 1);
    }
}
