package dev.peerhost.signaling;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * How a signaling socket is read for as long as it brings nothing but {@link TextFrame}s: without ever waiting, so that
 * the thread that finds out which sockets have something may do it. The first of anything else goes back to Tomcat's
 * WebSocket with all that follows, on a thread that may wait: a fragment, a ping or a close is answered there, or what
 * is wrong.
 */
final class PlainReading {

    /** Takes what was read. */
    interface Receiver {

        /**
         * Takes a text message, or leaves it.
         *
         * @param mayWait whether the thread may
         * @return false when it is to come again on a thread that may wait
         */
        boolean take(String text, boolean mayWait);
    }

    /** Where reading has ended for now. */
    enum End {
        /** There is no more. */
        ALL_READ,
        /** What comes next is for a thread that may wait. */
        TO_WAIT,
        /** What comes next is Tomcat's, as is all after it. */
        NOT_PLAIN
    }

    private static final String ATTRIBUTE = PlainReading.class.getName();

    /** How often one socket is read before others have their turn. */
    private static final int MOST_READS = 4;

    /** Room for what there was of a frame, and for as much as one read gives. */
    private static final ThreadLocal<ByteBuffer> INPUT =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(2 * TextFrame.LARGEST));

    private volatile boolean plain = true;
    private @Nullable Receiver receiver;

    /** Is to be found in the attributes of the socket that is about to open. */
    PlainReading(Map<String, Object> attributes) {
        attributes.put(ATTRIBUTE, this);
    }

    /** That of the socket with these attributes. */
    static PlainReading of(Map<String, Object> attributes) {
        return (PlainReading) Objects.requireNonNull(attributes.get(ATTRIBUTE));
    }

    /** Sets who takes what is read; without anybody, all goes to Tomcat. */
    void to(Receiver newReceiver) {
        receiver = newReceiver;
    }

    /** Whether nothing but plain frames has come yet. */
    boolean isPlain() {
        return plain;
    }

    /** Reads what there is, and gives back to the socket what it leaves. */
    End read(SocketWrapperBase<?> socket, boolean mayWait) {
        ByteBuffer input = INPUT.get().clear();
        End end = read(socket, input, mayWait);
        input.flip();
        SocketBufferHandler buffers = socket.getSocketBufferHandler();
        if (input.hasRemaining()) {
            buffers.configureReadBufferForWrite();
            buffers.expand(buffers.getReadBuffer().position() + input.remaining());
            socket.unRead(input);
        }
        plain = end != End.NOT_PLAIN;
        return end;
    }

    private End read(SocketWrapperBase<?> socket, ByteBuffer input, boolean mayWait) {
        for (int reads = 0; mayWait || reads < MOST_READS; reads++) {
            try {
                if (socket.read(false, input) <= 0) {
                    return End.ALL_READ;
                }
            } catch (IOException ended) {
                // Tomcat meets the same.
                return End.NOT_PLAIN;
            }
            input.flip();
            End end = take(input, mayWait);
            input.compact();
            if (end != End.ALL_READ) {
                return end;
            }
        }
        return End.TO_WAIT;
    }

    private End take(ByteBuffer input, boolean mayWait) {
        int length = TextFrame.length(input);
        for (; length > 0; length = TextFrame.length(input)) {
            String text = TextFrame.text(input, length);
            if (text == null || receiver == null) {
                return End.NOT_PLAIN;
            }
            if (!receiver.take(text, mayWait)) {
                return End.TO_WAIT;
            }
            input.position(input.position() + length);
        }
        return length == TextFrame.NOT_WHOLE ? End.ALL_READ : End.NOT_PLAIN;
    }
}
