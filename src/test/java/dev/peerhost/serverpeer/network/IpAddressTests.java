package dev.peerhost.serverpeer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as strangers write them: one spelling each, or none. */
class IpAddressTests {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8:0:0:0:0:0:1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8:0:0:0:0:0:1",
        "::, 0:0:0:0:0:0:0:0",
        "::1, 0:0:0:0:0:0:0:1",
        "fe80::, fe80:0:0:0:0:0:0:0",
        "1::3:4:5:6:7:8, 1:0:3:4:5:6:7:8",
        "::ffff:a00:1, 0:0:0:0:0:ffff:a00:1"
    })
    void aLiteralHasOneSpelling(String literal, String printed) {
        assertThat(IpAddress.of(literal)).hasToString(printed);
        assertThat(IpAddress.of(printed)).isEqualTo(IpAddress.of(literal));
    }

    /** What C libraries, browsers or resolvers would make an address of. */
    @ParameterizedTest
    @MethodSource("dev.peerhost.serverpeer.HostileCandidates#spellings")
    void noOtherSpellingIsAnAddress(String spelling) {
        IpAddress address = IpAddress.parse(spelling);

        assertThat(address == null || !PublicAddresses.contains(address))
                .as(spelling)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.",
                ".1.2.3.4",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/8",
                "[::1]",
                "::1%lo",
                "::1%25lo",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::ffff:1.2.3.4",
                "12345::",
                "g::",
                "1:",
                ":1",
                "1:2:3:4:5:6:7:",
                "example.org",
                "x.local",
                "0x7f.1",
                "١٢٧.0.0.1",
                "１.2.3.4",
                "1。2。3。4",
                "+1.2.3.4",
                "1:2:3:4:5:6:7:-8"
            })
    void nothingElseIsAnAddress(String text) {
        assertThat(IpAddress.parse(text)).isNull();
        assertThatThrownBy(() -> IpAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("write an address such as");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, 11.0.0.0",
        "10.1.2.3, 10.1.2.3, 10.1.2.4",
        "10.1.2.3/32, 10.1.2.3, 10.1.2.2",
        "0.0.0.0/0, 255.0.0.1, ::1",
        "172.16.0.0/12, 172.31.255.255, 172.32.0.0",
        "2001:db8::/32, 2001:db8:ffff::1, 2001:db9::1",
        "fe80::/10, febf::1, fec0::1",
        "::/0, 2001:db8::1, 192.0.2.1"
    })
    void aRangeHasItsAddressesAndNoOthers(String range, String inside, String outside) {
        assertThat(AddressRange.of(range).contains(IpAddress.of(inside))).isTrue();
        assertThat(AddressRange.of(range).contains(IpAddress.of(outside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "::/129",
                "::1/64",
                "10/8",
                "a/8"
            })
    void aMistakenRangeIsRefused(String range) {
        assertThatThrownBy(() -> AddressRange.of(range)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.128.0.1",
                "172.32.0.1",
                "192.0.3.1",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "2003::1"
            })
    void publicAddressesArePublic(String address) {
        assertThat(PublicAddresses.contains(IpAddress.of(address))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.peerhost.serverpeer.HostileCandidates#forbidden")
    void othersAreNot(String address) {
        assertThat(PublicAddresses.contains(Objects.requireNonNull(IpAddress.parse(address), address)))
                .isFalse();
    }

    @Test
    void aPortRangeIsTwoPortsThatAnybodyMayOpen() {
        assertThat(PortRange.of("50000-50000").size()).isEqualTo(1);
        assertThat(PortRange.of("1024-65535").size()).isEqualTo(64_512);
        for (String wrong : new String[] {"", "50000", "80-90", "50001-50000", "50000-65536", "50000 - 50001", "a-b"}) {
            assertThatThrownBy(() -> PortRange.of(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
