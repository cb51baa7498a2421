package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.ice.IceServers;
import dev.peerhost.serverpeer.network.Announcement;
import dev.peerhost.serverpeer.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Whether a connection that was made ahead of its offer is used, and costs nothing when it is not. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EngineTests {

    private final NativeRelease nativeRelease = NativeRelease.choose(NativeRelease.Mode.AUTO);
    private final List<Prepared> taken = new ArrayList<>();
    private Engine engine = engine();

    @AfterEach
    void end() {
        taken.forEach(this::close);
        engine.dispose();
    }

    @Test
    void theOneThatWasMadeAheadIsTheNextAndIsUsedOnce() throws Exception {
        connect();
        engine.prepare();
        engine.prepare();
        long asked = System.nanoTime();

        assertThat(connect().made() - asked).isNegative();
        assertThat(connect().made() - asked).isPositive();
    }

    @Test
    void oneThatHasWaitedForAnHourIsStale() throws Exception {
        Prepared made = connect();
        long hour = TimeUnit.HOURS.toNanos(1);

        assertThat(made.isStale()).isFalse();
        assertThat(new Prepared(made.connection(), made.callbacks(), System.nanoTime() - hour).isStale())
                .isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void oneThatNobodyUsedEndsWithItsEngine() throws Exception {
        // What the library starts once in a process.
        use(1);
        Footprint before = Footprint.now();

        use(10);

        Footprint after = Footprint.now();
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 2);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2);
    }

    private void use(int engines) throws InterruptedException {
        for (int i = 0; i < engines; i++) {
            close(engine.connect());
            engine.prepare();
            engine.dispose();
            engine = engine();
        }
    }

    private Engine engine() {
        return new Engine(
                new IceServers(List.of()),
                new Network(List.of(), null, new Announcement(List.of(), null)),
                nativeRelease);
    }

    private Prepared connect() throws InterruptedException {
        Prepared connection = engine.connect();
        taken.add(connection);
        return connection;
    }

    private void close(Prepared connection) {
        Runnable release = nativeRelease.of(connection.connection());
        connection.connection().close();
        release.run();
    }
}
