package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.hosting.HostRule.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostRuleTests {

    private final AtomicInteger asked = new AtomicInteger();
    private final HostRule rule = new HostRule(List.of("demo.example.org"), () -> {
        asked.incrementAndGet();
        return Set.of("workshop");
    });

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "localhost.:8080",
                "localhost:",
                "app.localhost",
                "a.b.localhost:1",
                "127.0.0.1",
                "127.0.0.1:65535",
                "192.168.1.20:8080",
                "0.0.0.0",
                "255.255.255.255",
                "[::1]",
                "[::1]:8080",
                "[fd00::2]:8080",
                "[::ffff:192.0.2.1]",
                "workshop:8080",
                "Workshop.local",
                "demo.example.org",
                "DEMO.example.org.:443"
            })
    void ownNamesAndAddressesAreAllowed(String host) {
        assertThat(rule.judge(host)).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io:8080",
                "127.1",
                "2130706433",
                "0x7f.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "1..2.3",
                "1.2.3.4a",
                "999999999999.0.0.1",
                "workshop.evil.example",
                "workshop.local.evil.example",
                "sub.demo.example.org"
            })
    void otherNamesAreForeign(String host) {
        assertThat(rule.judge(host)).isEqualTo(Verdict.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                ":8080",
                "local host",
                "localhost:80a",
                "localhost:123456",
                "localhost:80:80",
                "localhost/",
                "user@localhost",
                "[::1",
                "::1",
                "[::1]x",
                "x[::1]",
                "[evil.example]",
                "[]extra",
                "bücher.example",
                "<script>",
                "localhost, evil.example"
            })
    void anythingElseIsMalformed(String host) {
        assertThat(rule.judge(host)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void noHostIsMalformed() {
        assertThat(rule.judge(null)).isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void theMachinesNameIsLookedUpOnceAndOnlyWhenNeeded() {
        rule.judge("localhost");
        rule.judge("[::1]:8080");
        rule.judge("demo.example.org");
        assertThat(asked).hasValue(0);

        rule.judge("evil.example");
        rule.judge("workshop");
        assertThat(asked).hasValue(1);
    }
}
