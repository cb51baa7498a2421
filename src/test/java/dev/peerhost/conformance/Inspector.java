package dev.peerhost.conformance;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.peerhost.Peerhost;
import dev.peerhost.channel.Channel;
import dev.peerhost.channel.ChannelHandler;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.channel.SendResult;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application with handlers that write down all they are called with, for the table in frontend/e2e/conformance.
 * It is run from this one source file against the built jar, as a user's own handler would be.
 *
 * <p>A channel's parameter {@code visit} names the browser's connection; {@code echo}, {@code sized} (a text is how many
 * bytes to send back), {@code greet=N} and {@code close=open} or {@code close=message} say what the handler does besides. {@code GET
 * /__/peerhost/conformance/VISIT?events=N&closed=N} answers with what that connection has shown, once there are so many
 * events and closes, or after 30 s. {@code GET /__/peerhost/conformance/VISIT/connection} answers with what anybody can see
 * of the connection from outside: the states that the log tells, and what {@code /actuator/peerhost} lists; with {@code
 * ?gone} once it lists it no more, or after 30 s.
 */
@RestController
public class Inspector {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In bytes; of a larger message only the digest is kept. */
    private static final int LONGEST_KEPT = 4096;

    /** What a channel's calls came to, in the order in which they came, by the peer's id. */
    private final Map<String, List<Map<String, Object>>> events = new HashMap<>();

    /** The states of the native connection in their order, by the peer's id. */
    private final Map<String, List<String>> states = new HashMap<>();

    private final Map<String, String> peers = new HashMap<>();
    private final Map<Channel, Integer> numbers = new HashMap<>();

    private final Environment environment;

    Inspector(Environment environment) {
        this.environment = environment;
        StateLog log = new StateLog();
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.peerhost.serverpeer.PeerLink")).addAppender(log);
    }

    /** Starts the application with these handlers in it. */
    public static void main(String[] arguments) {
        String[] options = Arrays.copyOf(arguments, arguments.length + 1);
        options[arguments.length] = "--spring.main.sources=" + Inspector.class.getName();
        Peerhost.main(options);
    }

    @Bean
    ChannelHandler inspect() {
        return new Recorder("inspect");
    }

    @Bean
    ChannelHandler emptyLabel() {
        return new Recorder("");
    }

    @Bean
    ChannelHandler oneCharacterLabel() {
        return new Recorder("x");
    }

    @Bean
    ChannelHandler labelOfManyScripts() {
        return new Recorder("Grüße \u05E9\u05DC\u05D5\u05DD e\u0301 \uFFFD");
    }

    @Bean
    ChannelHandler longestLabel() {
        return new Recorder("L".repeat(65_535));
    }

    @GetMapping("/__/peerhost/conformance/{visit}")
    synchronized List<Map<String, Object>> shown(
            @PathVariable("visit") String visit,
            @RequestParam(name = "events", defaultValue = "0") int count,
            @RequestParam(name = "closed", defaultValue = "0") int closed)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Map<String, Object>> shown = of(visit);
        while (shown.size() < count
                || shown.stream()
                                .filter(event -> "close".equals(event.get("kind")))
                                .count()
                        < closed) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                break;
            }
            wait(left);
            shown = of(visit);
        }
        return List.copyOf(shown);
    }

    @GetMapping("/__/peerhost/conformance/{visit}/connection")
    Map<String, Object> connection(
            @PathVariable("visit") String visit, @RequestParam(name = "gone", required = false) String gone)
            throws IOException, InterruptedException {
        String peer = peer(visit);
        JsonNode listed = listed(peer);
        for (long deadline = System.nanoTime() + PATIENCE.toNanos();
                gone != null && listed != null && System.nanoTime() < deadline;
                listed = listed(peer)) {
            // Whoever looks from outside is not told.
            Thread.sleep(10);
        }
        Map<String, Object> connection = new HashMap<>();
        connection.put("listed", listed);
        synchronized (this) {
            connection.put("states", List.copyOf(states.getOrDefault(peer, List.of())));
        }
        return connection;
    }

    private synchronized String peer(String visit) {
        return peers.getOrDefault(visit, "");
    }

    private @Nullable JsonNode listed(String peer) throws IOException, InterruptedException {
        URI list = URI.create("http://localhost:%s/actuator/peerhost?limit=1000"
                .formatted(environment.getRequiredProperty("local.management.port")));
        try (HttpClient client = HttpClient.newHttpClient()) {
            String json = client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString())
                    .body();
            for (JsonNode connection : JsonMapper.shared().readTree(json).path("connections")) {
                if (connection.path("peer").asString().equals(peer)) {
                    return connection;
                }
            }
            return null;
        }
    }

    private List<Map<String, Object>> of(String visit) {
        return events.getOrDefault(peers.getOrDefault(visit, ""), List.of());
    }

    private synchronized void write(Channel channel, String kind, Map<String, Object> more) {
        List<Map<String, Object>> shown = events.computeIfAbsent(channel.peer(), peer -> new ArrayList<>());
        int number = numbers.computeIfAbsent(channel, first -> (int)
                shown.stream().filter(event -> "open".equals(event.get("kind"))).count());
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("channel", number);
        event.put("kind", kind);
        event.putAll(more);
        shown.add(event);
        String visit = channel.label().parameter("visit");
        if (visit != null) {
            peers.put(visit, channel.peer());
        }
        notifyAll();
    }

    private static Map<String, Object> content(ChannelMessage message) {
        byte[] bytes = message.bytes();
        if (bytes.length > LONGEST_KEPT) {
            return Map.of("size", bytes.length, "sha256", sha256(bytes));
        }
        return message instanceof Text text
                ? Map.of("size", bytes.length, "text", text.text())
                : Map.of("size", bytes.length, "base64", Base64.getEncoder().encodeToString(bytes));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    /** Reads the states from the lines of the log, as people do. */
    private final class StateLog extends AppenderBase<ILoggingEvent> {

        private static final Pattern STATE = Pattern.compile("connection \\d+ of peer (\\S+) .* is ([A-Z]+) with .*");

        @Override
        protected void append(ILoggingEvent event) {
            Matcher line = STATE.matcher(event.getFormattedMessage());
            if (line.matches()) {
                synchronized (Inspector.this) {
                    List<String> seen = states.computeIfAbsent(line.group(1), peer -> new ArrayList<>());
                    if (seen.isEmpty() || !seen.getLast().equals(line.group(2))) {
                        seen.add(line.group(2));
                    }
                }
            }
        }
    }

    private final class Recorder implements ChannelHandler {

        private final String label;

        Recorder(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public void open(Channel channel) throws InterruptedException {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("label", channel.label().name());
            facts.put("parameters", channel.label().parameters());
            facts.put("protocol", channel.protocol());
            facts.put("room", channel.room());
            write(channel, "open", facts);
            String greetings = channel.label().parameter("greet");
            for (int i = 1; greetings != null && i <= Integer.parseInt(greetings); i++) {
                reply(channel, new Text("greeting " + i));
            }
            closeAfter("open", channel);
        }

        @Override
        public void message(Channel channel, ChannelMessage message) throws InterruptedException {
            write(channel, message instanceof Text ? "text" : "binary", content(message));
            if (channel.label().parameter("echo") != null) {
                reply(channel, message);
            }
            if (channel.label().parameter("sized") != null && message instanceof Text text) {
                reply(channel, new Binary(new byte[Integer.parseInt(text.text())]));
            }
            closeAfter("message", channel);
        }

        @Override
        public void close(Channel channel) {
            write(channel, "close", Map.of());
        }

        private void closeAfter(String step, Channel channel) {
            if (step.equals(channel.label().parameter("close"))) {
                channel.close();
            }
        }

        private void reply(Channel channel, ChannelMessage message) throws InterruptedException {
            SendResult result = channel.send(message);
            while (result == SendResult.WOULD_BLOCK && channel.awaitWritable(PATIENCE)) {
                result = channel.send(message);
            }
            if (result != SendResult.ACCEPTED) {
                write(channel, result.name(), Map.of());
            }
        }
    }
}
