package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How names are written on the disk. macOS and Windows tell with the real path; Linux takes it as it is asked for, also on
 * disks that do not tell case apart (FAT, NTFS, ext4 with casefold) or give long names a short one ({@code SECRET~1.TXT}).
 */
final class Spelling {

    private static final boolean IS_LINUX = System.getProperty("os.name").equals("Linux");

    private Spelling() {}

    /**
     * Whether a file, and each folder down to it, is called exactly this.
     *
     * @param root the folder that it is in
     * @param name of a file that there is, from that folder on
     */
    static boolean isExact(Path root, String name) throws IOException {
        if (!IS_LINUX || (name.indexOf('~') < 0 && !isThereInOtherCase(root, name))) {
            return true;
        }
        Path folder = root;
        for (String part : name.split("/", -1)) {
            if (!lists(folder, part)) {
                return false;
            }
            folder = folder.resolve(part);
        }
        return true;
    }

    private static boolean isThereInOtherCase(Path root, String name) {
        StringBuilder other = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            other.append(Character.isLowerCase(c) ? Character.toUpperCase(c) : Character.toLowerCase(c));
        }
        return !name.contentEquals(other) && Files.exists(root.resolve(other.toString()));
    }

    private static boolean lists(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (entry.getFileName().toString().equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }
}
