package dev.peerhost.hosting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of one file as they are now, and what HTTP says about them. */
sealed interface Content {

    /** The value of {@code Content-Type}. */
    String type();

    /** The size in bytes. */
    long length();

    /** A strong entity tag with its quotes (RFC 9110, section 8.8.3): other bytes, other tag. */
    String etag();

    /** When the file changed, in milliseconds since 1970, or -1 when nobody knows. */
    long lastModified();

    /**
     * The bytes from an offset on.
     *
     * @throws java.nio.file.NoSuchFileException when the file went away in between
     * @throws java.nio.file.AccessDeniedException when it may not be read
     */
    InputStream open(long offset) throws IOException;

    /** A file of the disk, read anew for each request. */
    record OnDisk(Path file, String type, long length, String etag, long lastModified) implements Content {

        @Override
        public InputStream open(long offset) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return Channels.newInputStream(channel.position(offset));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** A file out of our own jar, which never changes. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares these, and nobody outside can reach the array.
    record InMemory(byte[] bytes, String type, String etag) implements Content {

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public long lastModified() {
            return -1;
        }

        @Override
        public InputStream open(long offset) {
            int from = (int) Math.min(offset, bytes.length);
            return new ByteArrayInputStream(bytes, from, bytes.length - from);
        }
    }
}
