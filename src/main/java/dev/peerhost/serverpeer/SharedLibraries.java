package dev.peerhost.serverpeer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the dynamic loader of Linux finds shared libraries (ld.so(8)): {@code LD_LIBRARY_PATH}, its cache, the standard
 * folders. Asked before anything is loaded, because a failed load names only the first library that is missing.
 */
final class SharedLibraries {

    private static final Logger log = LoggerFactory.getLogger(SharedLibraries.class);

    private static final Path CACHE = Path.of("/etc/ld.so.cache");
    private static final List<String> STANDARD = List.of("/lib", "/usr/lib", "/lib64", "/usr/lib64");
    private static final int ELF_HEADER = 20;
    private static final int ELF_MACHINE = 18;

    private final int machine;
    private final List<Path> folders = new ArrayList<>();
    private final String cache;

    /**
     * For one kind of processor.
     *
     * @param multiarch Debian's name of it, such as {@code x86_64-linux-gnu}
     * @param machine its number in the header of an ELF file
     */
    SharedLibraries(String multiarch, int machine) {
        this.machine = machine;
        String configured = System.getenv("LD_LIBRARY_PATH");
        Stream.concat(
                        Arrays.stream(configured == null ? new String[0] : configured.split(":", -1)),
                        STANDARD.stream().flatMap(folder -> Stream.of(folder + "/" + multiarch, folder)))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .forEach(folders::add);
        this.cache = readCache();
    }

    /** Those of the names that no library of this processor is found under. */
    List<String> missing(List<String> sonames) {
        return sonames.stream().filter(soname -> !isPresent(soname)).toList();
    }

    private boolean isPresent(String soname) {
        if (folders.stream().anyMatch(folder -> isLibrary(folder.resolve(soname)))) {
            return true;
        }
        Matcher entries = Pattern.compile("/[^\\x00]*/" + Pattern.quote(soname) + "(?=\\x00)")
                .matcher(cache);
        return entries.results().anyMatch(entry -> isLibrary(Path.of(entry.group())));
    }

    private boolean isLibrary(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(ELF_HEADER);
            return header.length == ELF_HEADER
                    && header[0] == 0x7f
                    && header[1] == 'E'
                    && header[ELF_MACHINE] == machine;
        } catch (IOException unreadable) {
            log.debug("Passed over {}: {}", file, unreadable.toString());
            return false;
        }
    }

    private static String readCache() {
        try {
            // A table of NUL-terminated strings with an index that is of no use here.
            return Files.exists(CACHE) ? Files.readString(CACHE, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException unreadable) {
            log.debug("Passed over {}: {}", CACHE, unreadable.toString());
            return "";
        }
    }
}
