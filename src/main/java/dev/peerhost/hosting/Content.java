package dev.peerhost.hosting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The bytes of one file as they are now, and what HTTP says about them. */
sealed interface Content {

    /** The value of {@code Content-Type}. */
    String type();

    /** The size in bytes, or -1 when it is known only at the end. */
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

    /** How its bytes are encoded, or null when they are as they are. */
    default @Nullable Encoding encoding() {
        return null;
    }

    /** The same file as somebody encoded it beforehand, or null. */
    default @Nullable Content encoded(Encoding encoding) {
        return null;
    }

    /** A file of the disk, read anew for each request. */
    record OnDisk(
            Path file,
            String type,
            long length,
            String etag,
            long lastModified,
            @Nullable Encoding encoding) implements Content {

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

        /** One that is older than the file itself is of an earlier state, and so is none. */
        @Override
        public @Nullable Content encoded(Encoding wanted) {
            Path sibling = file.resolveSibling(file.getFileName() + wanted.suffix());
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(sibling, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                long changed = attributes.lastModifiedTime().toMillis();
                return attributes.isRegularFile() && changed >= lastModified
                        ? new OnDisk(
                                sibling, type, attributes.size(), DiskFolder.etag(attributes), lastModified, wanted)
                        : null;
            } catch (IOException e) {
                // Most files have none.
                return null;
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

    /**
     * Another file, encoded by us.
     *
     * @param bytes null when they are encoded only while they are sent
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares these, and nobody outside can reach the array.
    record Encoded(Content original, Encoding encoding, byte @Nullable [] bytes) implements Content {

        @Override
        public String type() {
            return original.type();
        }

        @Override
        public long length() {
            return bytes == null ? -1 : bytes.length;
        }

        @Override
        public String etag() {
            String tag = original.etag();
            return tag.substring(0, tag.length() - 1) + "-" + encoding.token() + '"';
        }

        @Override
        public long lastModified() {
            return original.lastModified();
        }

        /** Of the original when the bytes are encoded only while they are sent. */
        @Override
        public InputStream open(long offset) throws IOException {
            return bytes == null ? original.open(offset) : new ByteArrayInputStream(bytes);
        }
    }

    /**
     * A file with something behind it.
     *
     * @param tag what tells this from the file alone, and from other things behind it
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares these, and nobody outside can reach the array.
    record Extended(Content original, byte[] more, String tag) implements Content {

        @Override
        public String type() {
            return original.type();
        }

        @Override
        public long length() {
            return original.length() + more.length;
        }

        @Override
        public String etag() {
            return original.etag().replaceFirst("\"$", "-" + tag + '"');
        }

        @Override
        public long lastModified() {
            return -1;
        }

        @Override
        public InputStream open(long offset) throws IOException {
            int from = (int) Math.max(0, offset - original.length());
            InputStream end = new ByteArrayInputStream(more, from, more.length - from);
            return from > 0 ? end : new SequenceInputStream(original.open(offset), end);
        }
    }
}
