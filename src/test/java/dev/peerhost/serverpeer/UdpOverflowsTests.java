package dev.peerhost.serverpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class UdpOverflowsTests {

    private static final int PACKETS = 2000;
    private static final int SIZE = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void whatASocketThatIsNotReadDropsIsCounted(String address) throws Exception {
        InetAddress here = InetAddress.getByName(address);
        try (DatagramSocket unread = new DatagramSocket(0, here);
                DatagramSocket sender = new DatagramSocket(0, here)) {
            unread.setReceiveBufferSize(100 * SIZE);
            double before = UdpOverflows.count();
            for (int i = 0; i < PACKETS; i++) {
                sender.send(new DatagramPacket(new byte[SIZE], SIZE, unread.getLocalSocketAddress()));
            }

            assertThat(UdpOverflows.count() - before).isGreaterThan(PACKETS / 2.0);
        }
    }
}
