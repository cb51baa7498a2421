package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RequestLogTests {

    /** A terminal that shows nothing until it is told to. */
    private static final class Stopped extends OutputStream {

        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);
        private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            began.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            shown.write(bytes, from, length);
            if (shown.toString(StandardCharsets.UTF_8).contains("more than")) {
                told.countDown();
            }
        }
    }

    @Test
    @Timeout(20)
    void aTerminalThatStandsStillHoldsUpNobodyAndLosesACountedNumber() throws Exception {
        Stopped terminal = new Stopped();
        RequestLog log = new RequestLog(new PrintStream(terminal, true, StandardCharsets.UTF_8));
        log.add("first");
        terminal.began.await();

        for (int i = 0; i < 3000; i++) {
            log.add("GET /" + "x".repeat(400));
        }
        terminal.goesOn.countDown();

        assertThat(terminal.told.await(10, TimeUnit.SECONDS)).isTrue();
        log.destroy();
        assertThat(terminal.shown.toString(StandardCharsets.UTF_8))
                .contains("1976 requests more than could be shown")
                .doesNotContain("x".repeat(301));
    }
}
