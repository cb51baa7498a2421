package dev.peerhost.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One message on a data channel, in one of the two kinds that RFC 8831 section 6.6 tells apart. */
public sealed interface ChannelMessage {

    /** The message as it travels: UTF-8 for text. The array is exactly as long as the message and must not be changed. */
    byte[] bytes();

    /** A string. */
    record Text(String text) implements ChannelMessage {

        /** The text in bytes that came over the wire; what is not UTF-8 becomes U+FFFD. */
        public static Text decode(byte[] utf8) {
            return new Text(new String(utf8, StandardCharsets.UTF_8));
        }

        @Override
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Bytes. */
    final class Binary implements ChannelMessage {

        private final byte[] bytes;

        /** Takes the array over without a copy: nobody changes it from now on. */
        public Binary(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Copies what a buffer has between its position and its limit, and leaves both as they are. */
        public static Binary copyOf(ByteBuffer buffer) {
            byte[] remaining = new byte[buffer.remaining()];
            buffer.get(buffer.position(), remaining);
            return new Binary(remaining);
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary binary && Arrays.equals(bytes, binary.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Binary[%,d bytes]".formatted(bytes.length);
        }
    }
}
