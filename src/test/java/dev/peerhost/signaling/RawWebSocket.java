package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand (RFC 6455): it sends frames that no library would, and reads when it is told to. */
final class RawWebSocket implements AutoCloseable {

    static final int TEXT = 0x81;
    static final int TEXT_BEGINS = 0x01;
    static final int TEXT_ENDS = 0x80;
    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    /** A frame as it came: its first byte, and what it carries. */
    record Frame(int first, ByteBuffer payload) {

        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }

        /** Of a CLOSE (RFC 6455, section 7.4). */
        int status() {
            return payload.getShort(0);
        }
    }

    private static final int PATIENCE_MS = 10_000;
    private static final int FEW_BYTES = 4096;
    private static final byte[] MASK = {0x11, (byte) 0xA5, 0x00, 0x7F};

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    /** One that is open, and takes little from a sender that it does not read from. */
    RawWebSocket(int port, String... headers) throws IOException {
        socket.setReceiveBufferSize(FEW_BYTES);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress("localhost", port), PATIENCE_MS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        String further = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        out.write("""
                GET /__/peerhost/signaling HTTP/1.1\r
                Host: localhost:%d\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Protocol: v12.stomp\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                %s\r
                """.formatted(port, further).getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        assertThat(head.toString(StandardCharsets.US_ASCII))
                .startsWith("HTTP/1.1 101")
                .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
                .doesNotContain("Extensions");
    }

    /** One whose session is in a room and has read its roster. */
    static RawWebSocket join(int port, String room) throws IOException {
        RawWebSocket joined = new RawWebSocket(port);
        joined.send(TEXT, "CONNECT\naccept-version:1.2\nhost:localhost\nheart-beat:0,0\n\n\0");
        joined.send(TEXT, "SUBSCRIBE\nid:s\ndestination:/user/queue/room\n\n\0");
        joined.send(TEXT, "SEND\ndestination:/app/rooms/%s/join\n\n{\"name\":\"Raw\"}\0".formatted(room));
        assertThat(joined.next().text()).startsWith("CONNECTED");
        assertThat(joined.next().text()).contains("\"welcome\"");
        assertThat(joined.next().text()).contains("\"roster\"");
        return joined;
    }

    /** Sends a frame of text. */
    void send(int first, String text) throws IOException {
        sendRaw(frame(first, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends bytes as they stand. */
    void sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** A masked frame of at most 65,535 bytes. */
    static byte[] frame(int first, byte[] payload) {
        boolean small = payload.length < 126;
        ByteBuffer frame = ByteBuffer.allocate((small ? 2 : 4) + MASK.length + payload.length);
        frame.put((byte) first).put((byte) (0x80 | (small ? payload.length : 126)));
        if (!small) {
            frame.putShort((short) payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % MASK.length]));
        }
        return frame.array();
    }

    /** The next frame, in bounded time. */
    Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new Frame(first, ByteBuffer.wrap(in.readNBytes(length)));
    }

    /** That the server has ended the connection, or does so in bounded time; what it still sends is read over. */
    void assertEnded() throws IOException {
        assertThat(in.readAllBytes()).isNotNull();
    }

    /** Says that nothing more will come, as a client that ends does; it can still read. */
    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
