package dev.peerhost.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class IceServersTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(IceConfiguration.class);

    @Test
    void thereAreNoneUnlessConfigured() {
        application.run(
                context -> assertThat(context.getBean(IceServers.class).list()).isEmpty());
    }

    @Test
    void configuredServersComeInOrderAndBrowsersCanReadThem() {
        application
                .withPropertyValues(
                        "peerhost.ice.servers[0].urls=stun:192.0.2.1:3478",
                        "peerhost.ice.servers[1].urls=turn:[2001:db8::1]:3478?transport=udp,turns:turn.example:5349",
                        "peerhost.ice.servers[1].username=u",
                        "peerhost.ice.servers[1].credential=secret")
                .run(context -> {
                    List<IceServer> servers = context.getBean(IceServers.class).list();
                    assertThat(JsonMapper.builder().build().writeValueAsString(servers))
                            .isEqualTo("[{\"urls\":[\"stun:192.0.2.1:3478\"]},"
                                    + "{\"urls\":[\"turn:[2001:db8::1]:3478?transport=udp\",\"turns:turn.example:5349\"],"
                                    + "\"username\":\"u\",\"credential\":\"secret\"}]");
                    assertThat(servers.toString()).doesNotContain("secret");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1",
                "stun://192.0.2.1",
                "stun:",
                "192.0.2.1:3478",
                "stun:a b",
                "turn:x?transport=sctp"
            })
    void anAddressThatNoBrowserTakesIsNamed(String url) {
        assertThatThrownBy(() -> new IceServer(List.of(url), "u", "c"))
                .hasMessageContainingAll(url, "write stun:host:port or turn:host:port");
    }

    @Test
    void turnNeedsCredentials() {
        assertThatThrownBy(() -> new IceServer(List.of("turn:192.0.2.1"), "u", null))
                .hasMessage("The TURN server \"turn:192.0.2.1\" needs a username and a credential.");
    }

    @Test
    void aWrongSettingFailsTheStartWithItsSentence() {
        application
                .withPropertyValues("peerhost.ice.servers[0].username=u")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("An ICE server needs \"urls\""));
    }
}
