package dev.peerhost.hosting;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where the files of a site are. */
public abstract sealed class Folder permits DiskFolder, JarFolder {

    /**
     * A folder of the disk. What is changed in it is seen by the next request.
     *
     * @throws UnusableFolderException when it is not there, is no folder or cannot be read
     */
    public static Folder onDisk(Path folder) {
        return DiskFolder.open(folder);
    }

    /**
     * A folder of the class path, be it packed in a jar or not.
     *
     * @param file any file that is right in it, as {@code peerhost/site/style.css}: a jar need not name its folders
     * @throws IllegalStateException when this build does not have it
     */
    public static Folder onClassPath(String file) {
        return JarFolder.open(file);
    }

    /**
     * The file of that name.
     *
     * @param path from the folder on, as {@link SitePath#parse} gives it, not ending in a slash
     * @param ignored whether a file is not to be served, by its name from the folder on without a slash before it; asked only
     *     for the file behind a link, since the path itself was
     * @return null when there is none that may be served: no regular file, or one that lies outside of the folder
     */
    abstract @Nullable Content find(String path, Predicate<String> ignored);
}
