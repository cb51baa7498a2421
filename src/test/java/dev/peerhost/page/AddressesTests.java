package dev.peerhost.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTests {

    @Test
    void everyAddressOfThisMachineThatOthersReachIsListed() throws Exception {
        Addresses addresses = new Addresses("http", 8080, null);

        assertThat(addresses.isEveryInterface()).isTrue();
        assertThat(addresses.local()).isEqualTo("http://localhost:8080/");
        long reachable = NetworkInterface.networkInterfaces()
                .filter(AddressesTests::isUsable)
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .count();
        assertThat(addresses.lan())
                .hasSize((int) reachable)
                .allMatch(url -> url.matches("http://([0-9.]+|\\[[0-9a-f:]+]):8080/"))
                .noneMatch(url -> url.contains("//127.") || url.contains("[::1]"));
        List<Boolean> inBrackets =
                addresses.lan().stream().map(url -> url.contains("[")).toList();
        assertThat(inBrackets).isSorted();
    }

    private static boolean isUsable(NetworkInterface network) {
        try {
            return network.isUp() && !network.isLoopback();
        } catch (java.net.SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, http://192.0.2.7:8080/",
        "fd00::2, http://[fd00::2]:8080/",
        "2001:db8:0:0:1:0:0:0, http://[2001:db8:0:0:1::]:8080/",
        "2001:db8:1:2:3:4:5:6, http://[2001:db8:1:2:3:4:5:6]:8080/",
        "2001:0:1:0:1:0:1:0, http://[2001:0:1:0:1:0:1:0]:8080/",
        "0:0:1::, http://[0:0:1::]:8080/"
    })
    void oneAddressIsTheOnlyOne(String address, String url) throws Exception {
        Addresses addresses = new Addresses("http", 8080, InetAddress.getByName(address));

        assertThat(addresses.isEveryInterface()).isFalse();
        assertThat(addresses.local()).isEqualTo(url);
        assertThat(addresses.lan()).containsExactly(url);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "::1"})
    void loopbackIsForThisMachineAlone(String address) throws Exception {
        Addresses addresses = new Addresses("http", 80, InetAddress.getByName(address));

        assertThat(addresses.local()).isEqualTo("http://localhost/");
        assertThat(addresses.lan()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0", "::"})
    void theWildcardIsEveryInterface(String address) throws Exception {
        assertThat(new Addresses("http", 8080, InetAddress.getByName(address)).isEveryInterface())
                .isTrue();
    }
}
