package dev.peerhost.hosting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A folder of the disk. */
final class DiskFolder extends Folder {

    private final Path folder;

    private DiskFolder(Path folder) {
        this.folder = folder;
    }

    static DiskFolder open(Path given) {
        Path folder = given.toAbsolutePath().normalize();
        if (!Files.exists(folder)) {
            throw new UnusableFolderException("There is no folder %s; name one that exists.".formatted(folder));
        }
        if (!Files.isDirectory(folder)) {
            throw new UnusableFolderException(
                    "%s is a file, not a folder; name the folder that it is in.".formatted(folder));
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            throw new UnusableFolderException(
                    "The folder %s may not be read; change its permissions, or name another one.".formatted(folder));
        }
        return new DiskFolder(folder);
    }

    /** Where it is. */
    Path path() {
        return folder;
    }

    @Override
    @Nullable
    Content find(String path, Predicate<String> ignored) {
        try {
            String name = path.substring(1);
            Path file = folder.resolve(name);
            Path real = file.toRealPath();
            if (!isServedAs(name, real, real.equals(file) ? folder : folder.toRealPath(), ignored)) {
                return null;
            }
            BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
            return attributes.isRegularFile() ? content(real, path, attributes) : null;
        } catch (IOException | InvalidPathException e) {
            // A name that the system cannot follow, for whatever reason, is no file that a visitor can have.
            return null;
        }
    }

    /**
     * What is behind a link must lie inside, and not be ignored there. Another spelling that only this disk takes for the
     * same name is none: no rule would know it, and no server in production.
     */
    private static boolean isServedAs(String name, Path real, Path root, Predicate<String> ignored) throws IOException {
        if (!real.startsWith(root)) {
            return false;
        }
        String own = root.relativize(real).toString().replace(File.separatorChar, '/');
        boolean isLink = !own.equals(name);
        return (!isLink || !(own.equalsIgnoreCase(name) || Ignored.test("/" + own) || ignored.test(own)))
                && Spelling.isExact(root, own);
    }

    private static Content content(Path real, String path, BasicFileAttributes attributes) {
        return new Content.OnDisk(
                real,
                MediaTypes.of(path),
                attributes.size(),
                etag(attributes),
                attributes.lastModifiedTime().toMillis(),
                null);
    }

    /** The file's key (its inode) tells two files apart that were swapped and have the same age and size. */
    static String etag(BasicFileAttributes attributes) {
        return '"'
                + Long.toString(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS), 36)
                + '-'
                + Long.toString(attributes.size(), 36)
                + '-'
                + Integer.toString(Objects.hashCode(attributes.fileKey()) & Integer.MAX_VALUE, 36)
                + '"';
    }
}
