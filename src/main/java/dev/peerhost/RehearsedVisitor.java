package dev.peerhost;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Somebody in a room of the rehearsal, over a WebSocket of its own, as the client library does it (docs/protocol.md). */
final class RehearsedVisitor implements WebSocket.Listener, AutoCloseable {

    private static final int TIMEOUT_MS = 10_000;

    private static final Pattern PEER = Pattern.compile("\"id\":\"([\\w-]{20,})\"");

    /** Whatever the server has sent and nobody has read; both are bounded by what a rehearsal asks for. */
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();
    private final StringBuilder frame = new StringBuilder();
    private final String room;
    private final WebSocket socket;

    /** Enters the room, and waits until it is in. */
    RehearsedVisitor(HttpClient http, URI signaling, String room) throws IOException {
        this.room = room;
        this.socket =
                inTime(http.newWebSocketBuilder().subprotocols("v12.stomp").buildAsync(signaling, this));
        say("CONNECT\naccept-version:1.2\nheart-beat:10000,10000\n\n\0");
        say("SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n\0");
        await("welcome");
        tell("join", "{}");
    }

    /**
     * Sends the body to the room's destination of this name.
     *
     * @param verb such as {@code offer}
     */
    void tell(String verb, String body) throws IOException {
        say("SEND\ndestination:/app/rooms/%s/%s\ncontent-length:%d\n\n%s\0".formatted(room, verb, body.length(), body));
    }

    /**
     * Waits for a message of the type.
     *
     * @return the id of the browser that it tells of, null if it tells of none
     * @throws IOException if none came in time
     */
    @Nullable
    String await(String type) throws IOException {
        String name = "\"type\":\"" + type + '"';
        try {
            for (String next = ""; next != null; next = received.poll(TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                if (next.contains(name)) {
                    var peer = PEER.matcher(next);
                    return peer.find() ? peer.group(1) : null;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("The rehearsal's room sent no " + type);
    }

    /** Leaves the room and ends the session, which the server answers with the end of the socket. */
    @Override
    public void close() throws IOException {
        tell("leave", "{}");
        say("DISCONNECT\n\n\0");
        inTime(closed);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        frame.append(data);
        if (last) {
            received.add(frame.toString());
            frame.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(null);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }

    private void say(String text) throws IOException {
        inTime(socket.sendText(text, true));
    }

    private static <T extends @Nullable Object> T inTime(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The rehearsal's WebSocket failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The rehearsal was interrupted", e);
        }
    }
}
