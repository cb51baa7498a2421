package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.RawHttp.Answer;
import dev.peerhost.signaling.StompClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/** Applications that have Peerhost as a library: they get what it does, and what is theirs stays as it was. */
class HostApplicationIT {

    /** An application with something of its own of each kind. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebSocket
    static class Shop {

        @RestController
        static class Orders {
            record Order(String dishName) {}

            @GetMapping("/orders/1")
            Order order() {
                return new Order("soup");
            }
        }

        @RestControllerAdvice
        static class Faults {
            @ExceptionHandler
            ResponseEntity<String> any(Exception fault) {
                return ResponseEntity.status(HttpStatus.GONE).body("a fault of the shop's");
            }
        }

        /** Names that Peerhost might have chosen as well. */
        @Bean
        String rooms() {
            return "of the shop";
        }

        @Bean
        WebSocketConfigurer sockets() {
            return registry -> registry.addHandler(
                    new TextWebSocketHandler() {
                        @Override
                        protected void handleTextMessage(WebSocketSession session, TextMessage message)
                                throws Exception {
                            session.sendMessage(new TextMessage("" + message.getPayloadLength()));
                        }
                    },
                    "/socket");
        }
    }

    /** One with a controller for every path. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Greedy {

        @RestController
        static class Everything {
            @GetMapping("/**")
            String any() {
                return "everything is mine";
            }
        }
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Empty {}

    @TempDir
    static Path files;

    private static ConfigurableApplicationContext shop;
    private static RawHttp http;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(files.resolve("style.css"), "of the shop");
        Files.writeString(files.resolve("index.html"), "welcome to the shop");
        shop = run(
                Shop.class,
                "--spring.web.resources.static-locations=file:" + files + "/",
                "--spring.jackson.property-naming-strategy=SNAKE_CASE");
        http = new RawHttp(port(shop));
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @Test
    void itsControllersAndFilesComeFirst() throws Exception {
        assertThat(http.get("/orders/1").text()).isEqualTo("{\"dish_name\":\"soup\"}");
        assertThat(http.get("/style.css").text()).isEqualTo("of the shop");
        assertThat(http.get("/").text()).isEqualTo("welcome to the shop");
    }

    @Test
    void theSiteAnswersWhereItHasNothing() throws Exception {
        assertThat(http.get("/chat/").text()).contains("<title>Chat");
        assertThat(http.get("/chat").header("Location")).isEqualTo("/chat/");
        assertThat(http.get("/nope").text()).isEqualTo("a fault of the shop's");
        assertThat(http.send("POST", "/chat/").status()).isNotEqualTo(200);
    }

    @Test
    void everythingOfOursIsThereAndSpelledAsEver() throws Exception {
        assertThat(http.get("/__/peerhost/config.json").text())
                .contains("\"iceServers\":[]", "\"serverPeer\":\"server\"")
                .doesNotContain("@");
        assertThat(http.get("/__/peerhost/peerhost.js").text()).contains("joinRoom");
        assertThat(http.get("/__/peerhost/").text()).contains("<title>Peerhost</title>");
        Answer refused = http.send("POST", "/__/peerhost/offer", "Content-Type: text/html", "Content-Length: 0");
        assertThat(refused.status()).isEqualTo(415);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(http.get("/__/peerhost/nope").text()).contains("There is nothing at this address");
        try (StompClient ada = StompClient.join(http.port(), "shop", "Ada")) {
            assertThat(ada.self()).isNotEmpty();
        }
    }

    @Test
    void namesInHostAreCheckedForUsAlone() throws Exception {
        String foreign = "GET %s HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n";
        assertThat(http.exchange(foreign.formatted("/orders/1")).status()).isEqualTo(200);
        assertThat(http.exchange(foreign.formatted("/__/peerhost/config.json")).status())
                .isEqualTo(421);
    }

    @Test
    void itsSettingsBeansAndActuatorAreItsOwn() throws Exception {
        for (String ours : List.of("logging.level.root", "spring.main.banner-mode", "spring.web.error.path")) {
            assertThat(shop.getEnvironment().getProperty(ours)).as(ours).isNull();
        }
        assertThat(HostApplicationIT.class.getResource("/application.yml")).isNull();
        assertThat(shop.getBean("rooms")).isEqualTo("of the shop");
        assertThat(shop.containsBean("applicationTaskExecutor")).isTrue();
        assertThat(http.get("/actuator/health").text()).contains("\"status\":\"UP\"");
    }

    @Test
    void itsWebSocketsTakeAsMuchAsBefore() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + http.port() + "/socket"), new WebSocket.Listener() {
                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        answer.complete(data.toString());
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        answer.complete("closed with " + status);
                        return null;
                    }
                })
                .get(20, TimeUnit.SECONDS);
        var sent = socket.sendText("x".repeat(8000), true);
        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("8000");
        sent.get(20, TimeUnit.SECONDS).abort();
    }

    @Test
    void aControllerForEveryPathGetsNoneOfOurs() throws Exception {
        try (ConfigurableApplicationContext greedy = run(Greedy.class)) {
            RawHttp there = new RawHttp(port(greedy));
            assertThat(there.get("/chat/").text()).isEqualTo("everything is mine");
            for (String ours : List.of("", "config.json", "peerhost.js", "stompjs/index.js", "health", "nope")) {
                assertThat(there.get("/__/peerhost/" + ours).text())
                        .as(ours)
                        .isNotEmpty()
                        .doesNotContain("everything is mine");
            }
            try (StompClient ada = StompClient.join(there.port(), "greedy", "Ada")) {
                assertThat(ada.self()).isNotEmpty();
            }
        }
    }

    @Test
    void anEmptyApplicationServesTheBuiltInSite() throws Exception {
        try (ConfigurableApplicationContext empty = run(Empty.class)) {
            assertThat(new RawHttp(port(empty)).get("/").text()).contains("<title>Peerhost</title>");
        }
    }

    @Test
    void withoutAWebServerItStartsToo() {
        try (var context = new SpringApplicationBuilder(Empty.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.location=optional:classpath:/host/")) {
            assertThat(context.containsBean("serverPeer")).isFalse();
        }
    }

    /** As an application of its own, which the settings of the tests would not be. */
    private static ConfigurableApplicationContext run(Class<?> application, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--spring.config.location=optional:classpath:/host/"));
        arguments.addAll(Arrays.asList(options));
        return new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
