package dev.peerhost;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 by hand: sends a request line as it is written, where a client library would tidy or refuse it. */
public record RawHttp(int port) {

    /**
     * What came back.
     *
     * @param status of the status line, or 0 when the connection was closed without an answer
     * @param headers by name in whatever case
     * @param text the body, read to the end of the connection, as UTF-8
     * @param size of the body in bytes
     */
    public record Answer(int status, Map<String, String> headers, String text, int size) {

        public @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    private static final int TIMEOUT_MS = 20_000;

    /** GET with {@code Host: localhost} and further header lines. */
    public Answer get(String target, String... headers) throws IOException {
        return send("GET", target, headers);
    }

    /** Any method, without a body. */
    public Answer send(String method, String target, String... headers) throws IOException {
        String lines = Stream.concat(Stream.of("Host: localhost"), Stream.of(headers))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
        return exchange("%s %s HTTP/1.1\r\n%sConnection: close\r\n\r\n".formatted(method, target, lines));
    }

    /** Whatever bytes. */
    public Answer exchange(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return read(socket.getInputStream());
        }
    }

    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                return new Answer(0, Map.of(), head.toString(StandardCharsets.UTF_8), 0);
            }
            head.write(octet);
        }
        String[] lines = head.toString(StandardCharsets.UTF_8).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        byte[] body = in.readAllBytes();
        int status = Integer.parseInt(lines[0].split(" ")[1]);
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8), body.length);
    }
}
