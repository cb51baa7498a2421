package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain STOMP 1.2 client over the JDK's WebSocket: it sends what it is told and keeps what it gets. */
public final class StompClient implements AutoCloseable, WebSocket.Listener {

    /** One frame as it came. */
    public record Frame(String command, Map<String, String> headers, String body) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private final Semaphore mayRead = new Semaphore(1);
    private String self = "";
    private String token = "";

    private StompClient(int port, Map<String, String> headers) throws Exception {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("v12.stomp");
        headers.forEach(builder::header);
        socket = builder.connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .buildAsync(URI.create("ws://localhost:" + port + "/__/peerhost/signaling"), this)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A bare WebSocket on which nothing has been said yet. */
    public static StompClient open(int port) throws Exception {
        return new StompClient(port, Map.of());
    }

    /** A bare WebSocket whose handshake has further headers. */
    public static StompClient open(int port, Map<String, String> headers) throws Exception {
        return new StompClient(port, headers);
    }

    /** A session that has been welcomed. */
    public static StompClient connect(int port) throws Exception {
        StompClient client = open(port);
        client.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n");
        assertThat(client.frame().command()).isEqualTo("CONNECTED");
        client.send("SUBSCRIBE\nid:s-1\ndestination:/user/queue/room\n\n");
        JsonNode welcome = client.message("welcome");
        client.self = welcome.path("self").stringValue();
        client.token = welcome.path("resume").stringValue();
        return client;
    }

    /** A session that asks to go on as the peer that a token is of, and has not read its welcome. */
    public static StompClient resume(int port, String token, long lastSeq) throws Exception {
        StompClient client = open(port);
        client.send("CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\nresume:%s\nlast-seq:%d\n\n"
                .formatted(token, lastSeq));
        assertThat(client.frame().command()).isEqualTo("CONNECTED");
        client.send("SUBSCRIBE\nid:s-2\ndestination:/user/queue/room\n\n");
        return client;
    }

    /** A welcomed session that has joined a room and read its roster. */
    public static StompClient join(int port, String room, String name) throws Exception {
        StompClient client = connect(port);
        client.say(room, "join", "{\"name\":\"" + name + "\"}");
        client.message("roster");
        return client;
    }

    /** The id that the server gave. */
    public String self() {
        return self;
    }

    /** What proves that a later session is the same peer. */
    public String token() {
        return token;
    }

    /** Sends one frame; the closing NUL is added. */
    public void send(String frame) throws Exception {
        sendRaw(frame + "\0");
    }

    /** Sends text as it stands. */
    public void sendRaw(String text) throws Exception {
        socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** SENDs a body to a room. */
    public void say(String room, String verb, String body) throws Exception {
        send("SEND\ndestination:/app/rooms/" + room + "/" + verb + "\ncontent-type:application/json\n\n" + body);
    }

    /** The next frame, in bounded time. */
    public Frame frame() throws InterruptedException {
        Frame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame within %d s", PATIENCE_SECONDS).isNotNull();
        return frame;
    }

    /** The next frame's body, which must be a MESSAGE of this type. */
    public JsonNode message(String type) throws InterruptedException {
        Frame frame = frame();
        assertThat(frame.command()).as(frame.toString()).isEqualTo("MESSAGE");
        JsonNode body = JSON.readTree(frame.body());
        assertThat(body.path("type").asString()).as(frame.body()).isEqualTo(type);
        return body;
    }

    /** That the next message says that somebody is out of the room, {@code left} or {@code lost}. */
    public void assertLeft(StompClient who, String reason) throws InterruptedException {
        JsonNode left = message("left");
        assertThat(left.path("peer").stringValue()).isEqualTo(who.self);
        assertThat(left.path("reason").stringValue()).isEqualTo(reason);
    }

    /** That the next message welcomes it as the peer that somebody was. */
    public void assertResumed(StompClient before) throws InterruptedException {
        JsonNode welcome = message("welcome");
        assertThat(welcome.path("resumed").booleanValue()).isTrue();
        assertThat(welcome.path("self").stringValue()).isEqualTo(before.self);
        assertThat(welcome.path("resume").stringValue()).isEqualTo(before.token);
        assertThat(welcome.has("seq")).isFalse();
    }

    /** That nothing has come: what a round trip of our own brings back is the next frame. */
    public void assertQuiet() throws Exception {
        send("SEND\ndestination:/app/probe\n\n{}");
        JsonNode answer = message("rejected");
        assertThat(answer.path("destination").asString()).isEqualTo("/app/probe");
    }

    /** That nothing comes for a while. */
    public void assertQuietFor(Duration time) throws InterruptedException {
        assertThat(frames.poll(time.toMillis(), TimeUnit.MILLISECONDS)).isNull();
    }

    /** Reads nothing more, but for what is being read. */
    public void pause() {
        mayRead.drainPermits();
    }

    /** Reads again. */
    public void goOn() {
        mayRead.release();
        socket.request(1);
    }

    /** The WebSocket close status, in bounded time. */
    public int closeStatus() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Ends the TCP connection without a word. */
    public void abort() {
        socket.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String text = partial.toString();
            partial.setLength(0);
            if (!text.equals("\n")) {
                frames.add(parse(text));
            }
        }
        if (mayRead.tryAcquire()) {
            mayRead.release();
            webSocket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static Frame parse(String text) {
        int head = text.indexOf("\n\n");
        List<String> lines = text.substring(0, head).lines().toList();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.putIfAbsent(line.substring(0, colon), line.substring(colon + 1));
        }
        return new Frame(lines.getFirst(), headers, text.substring(head + 2, text.lastIndexOf('\0')));
    }
}
