package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One thread reads all signaling sockets: what it cannot do without waiting is done elsewhere, and nobody waits. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "peerhost.peer.enabled=false")
class PollerIT {

    private static final String PROBE = "SEND\ndestination:/app/probe\n\n%s\0";
    private static final String LARGE = "x".repeat(31 * 1024);

    /** More than the kernel's buffers take, and less than an outbox. */
    private static final int SOME = 120;

    /** Others are served in milliseconds; Tomcat waits for a socket for 20 s. */
    private static final Duration SOON = Duration.ofSeconds(3);

    /** What a client that reads nothing may do to have itself answered. */
    enum Nuisance {
        PING {
            @Override
            void commit(RawWebSocket by) throws Exception {
                by.send(RawWebSocket.PING, "are you there?");
            }
        },
        CLOSE {
            @Override
            void commit(RawWebSocket by) throws Exception {
                by.sendRaw(RawWebSocket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xE8}));
            }
        },
        NO_UTF8 {
            @Override
            void commit(RawWebSocket by) throws Exception {
                by.sendRaw(RawWebSocket.frame(RawWebSocket.TEXT, new byte[] {(byte) 0xFF}));
            }
        },
        END {
            @Override
            void commit(RawWebSocket by) throws Exception {
                by.endOutput();
            }
        };

        abstract void commit(RawWebSocket by) throws Exception;
    }

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @EnumSource
    void whoReadsNothingKeepsNobodyWaiting(Nuisance nuisance) throws Exception {
        try (Scene scene = new Scene(port, nuisance.name())) {
            nuisance.commit(scene.ada);

            scene.assertOthersAreServed();
        }
    }

    /** The control: the same thread, without the rule that it never waits. */
    @Test
    void aPollerThatWaitsKeepsEverybodyWaiting() throws Exception {
        try (ConfigurableApplicationContext careless = new SpringApplicationBuilder(Peerhost.class, Careless.class)
                .run("--server.port=0", "--peerhost.peer.enabled=false")) {
            int there = careless.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
            try (Scene scene = new Scene(there, "careless")) {
                Nuisance.PING.commit(scene.ada);

                assertThatThrownBy(scene::assertOthersAreServed).isInstanceOf(TimeoutException.class);
                // Tomcat gives up after 20 s, and the thread is free again.
                assertThat(new RawHttp(there).get("/").status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100, 100_000})
    void framesInPiecesOfAnySizeAreReadInOrder(int size) throws Exception {
        try (RawWebSocket ada = RawWebSocket.join(port, "pieces")) {
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int i = 0; i < 40; i++) {
                String body = "\"" + i + " \u20ac".repeat(i) + "\"";
                stream.writeBytes(RawWebSocket.frame(
                        RawWebSocket.TEXT, PROBE.formatted(body).getBytes(StandardCharsets.UTF_8)));
            }
            byte[] bytes = stream.toByteArray();
            for (int at = 0; at < bytes.length; at += size) {
                ada.sendRaw(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(ada.next().text()).contains("\"rejected\"").contains("\"seq\":" + (i + 2));
            }
        }
    }

    @Test
    void afterWhatIsNotPlainEverythingIsStillReadInOrder() throws Exception {
        try (RawWebSocket ada = RawWebSocket.join(port, "mixed")) {
            ada.send(RawWebSocket.TEXT, PROBE.formatted("1"));
            ada.send(RawWebSocket.PING, "ping");
            String third = PROBE.formatted("3");
            ada.send(RawWebSocket.TEXT_BEGINS, third.substring(0, 10));
            ada.send(RawWebSocket.TEXT_ENDS, third.substring(10));
            ada.send(RawWebSocket.TEXT, PROBE.formatted(LARGE));
            ada.send(RawWebSocket.TEXT, PROBE.formatted("\ufffd"));

            assertThat(ada.next().text()).contains("\"seq\":2");
            RawWebSocket.Frame pong = ada.next();
            assertThat(pong.first()).isEqualTo(RawWebSocket.PONG);
            assertThat(pong.text()).isEqualTo("ping");
            for (int seq = 3; seq <= 5; seq++) {
                assertThat(ada.next().text()).contains("\"rejected\"").contains("\"seq\":" + seq);
            }
        }
    }

    @Test
    void aLargeFrameAmongSmallOnesIsReadInOrder() throws Exception {
        try (RawWebSocket ada = RawWebSocket.join(port, "large")) {
            for (int i = 0; i < 3; i++) {
                ada.send(RawWebSocket.TEXT, PROBE.formatted(i));
            }
            ada.send(RawWebSocket.TEXT, PROBE.formatted(LARGE));
            ada.send(RawWebSocket.TEXT, PROBE.formatted("last"));
            for (int seq = 2; seq <= 6; seq++) {
                assertThat(ada.next().text()).contains("\"seq\":" + seq);
            }
        }
    }

    @Test
    void whatIsWrongIsAnsweredAsTheStandardSays() throws Exception {
        try (RawWebSocket ada = RawWebSocket.join(port, "wrong")) {
            ada.sendRaw(RawWebSocket.frame(RawWebSocket.TEXT, new byte[] {'a', (byte) 0xFF}));
            assertThat(ada.next().status()).isEqualTo(1007);
            ada.assertEnded();
        }
        try (RawWebSocket ada = RawWebSocket.join(port, "wrong")) {
            ada.sendRaw(new byte[] {(byte) 0x81, 1, 'a'});
            assertThat(ada.next().status()).isEqualTo(1002);
            ada.assertEnded();
        }
        try (RawWebSocket ada = RawWebSocket.join(port, "wrong")) {
            ada.sendRaw(RawWebSocket.frame(RawWebSocket.CLOSE, new byte[] {3, (byte) 0xE8}));
            assertThat(ada.next().status()).isEqualTo(1000);
            ada.assertEnded();
        }
    }

    /** An extension that was offered is not agreed on, which the handshake itself asserts. */
    @Test
    void compressionIsNotAgreedOn() throws Exception {
        try (RawWebSocket ada = new RawWebSocket(port, "Sec-WebSocket-Extensions: permessage-deflate")) {
            ada.send(RawWebSocket.TEXT, "CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
            assertThat(ada.next().text()).startsWith("CONNECTED");
        }
    }

    /** Ada reads nothing while Bob has much for her; Bob and Cleo are others. */
    private static final class Scene implements AutoCloseable {

        private final int port;
        private final String room;
        private final RawWebSocket ada;
        private final StompClient bob;
        private final StompClient cleo;

        Scene(int port, String room) throws Exception {
            this.port = port;
            this.room = room;
            bob = StompClient.join(port, room, "Bob");
            cleo = StompClient.join(port, room, "Cleo");
            ada = RawWebSocket.join(port, room);
            bob.message("joined");
            String to = bob.message("joined").path("peer").path("id").stringValue();
            cleo.message("joined");
            for (int i = 0; i < SOME; i++) {
                bob.say(room, "offer", "{\"to\":\"%s\",\"sdp\":\"%s\"}".formatted(to, LARGE));
            }
            bob.assertQuiet();
        }

        void assertOthersAreServed() throws Exception {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 20; i++) {
                        bob.say(room, "offer", "{\"to\":\"%s\",\"sdp\":\"%d\"}".formatted(cleo.self(), i));
                        assertThat(cleo.message("offer").path("sdp").stringValue())
                                .isEqualTo(String.valueOf(i));
                        assertThat(new RawHttp(port).get("/").status()).isEqualTo(200);
                    }
                } catch (Exception failed) {
                    throw new AssertionError(failed);
                }
            });
            served.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() throws IOException {
            ada.close();
            bob.close();
            cleo.close();
        }
    }

    /** Has every socket that speaks WebSocket read by the poller, whatever that has to wait for. */
    @Configuration(proxyBeanMethods = false)
    static class Careless {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> carelessProtocol() {
            return factory -> factory.setProtocol(CarelessProtocol.class.getName());
        }
    }

    /** Made by Tomcat. */
    public static final class CarelessProtocol extends Http11NioProtocol {

        public CarelessProtocol() {
            super(new NioEndpoint() {
                @Override
                public boolean processSocket(
                        SocketWrapperBase<NioChannel> socket, SocketEvent event, boolean dispatch) {
                    boolean isUpgraded =
                            socket.getCurrentProcessor() instanceof Processor processor && processor.isUpgrade();
                    return super.processSocket(socket, event, dispatch && !isUpgraded);
                }
            });
        }
    }
}
