package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param nanos when it changed, in nanoseconds since 1970
 * @param size in bytes, -1 for a file that is not there
 * @param key the file's identity, where the system has one
 * @param content what was in it, if it changed so shortly before it was looked at that its time may not tell the next change
 */
record FileStamp(
        long nanos,
        long size,
        @Nullable Object key,
        @Nullable String content) {

    private static final FileStamp MISSING = new FileStamp(0, -1, null, null);
    /** Disks note times in steps of some milliseconds; some of 2 s, which only costs reading it more often. */
    private static final long UNSETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static FileStamp of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
            long age = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - nanos;
            String content = age < UNSETTLED_NANOS ? Files.readString(file) : null;
            return new FileStamp(nanos, attributes.size(), attributes.fileKey(), content);
        } catch (IOException e) {
            // Whoever reads it next finds out why, and says so.
            return MISSING;
        }
    }

    boolean isMissing() {
        return size < 0;
    }

    /** Whether the file is still the same. */
    boolean isCurrent(Path file) {
        if (isMissing()) {
            // Asked before each request, and an exception for the answer costs more than the question.
            return !Files.exists(file);
        }
        FileStamp now = of(file);
        if (nanos != now.nanos || size != now.size || !Objects.equals(key, now.key)) {
            return false;
        }
        return content == null || (now.content == null ? isContentOf(file) : content.equals(now.content));
    }

    private boolean isContentOf(Path file) {
        try {
            return Files.readString(file).equals(content);
        } catch (IOException e) {
            return false;
        }
    }
}
