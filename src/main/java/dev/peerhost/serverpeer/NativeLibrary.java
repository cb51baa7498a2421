package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.PeerConnectionFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libwebrtc: whether this machine has what it takes, which is known at start, and the library itself, which is loaded with
 * the first connection. What keeps it away is one sentence with what to do about it.
 */
final class NativeLibrary {

    private static final Logger log = LoggerFactory.getLogger(NativeLibrary.class);

    /** What the library links to even when nobody captures a screen or a sound, and Debian's package of each. */
    private static final Map<String, String> PACKAGES = packages();

    private static final int ELF_X86_64 = 62;
    private static final int ELF_AARCH64 = 183;

    /** Why the first load failed; null before it, and when it did not. */
    private static volatile @Nullable String failure;

    private NativeLibrary() {}

    /** What the library lacks on this machine, found without loading it; null when it may be loaded. */
    static @Nullable String absence() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "");
        String reason = unsupported(system, processor);
        if (reason == null && system.startsWith("linux")) {
            reason = missingOnLinux(processor);
        }
        return reason != null ? reason : missingFile(system, processor);
    }

    /**
     * Loads the library unless that was done; the first call takes some tenths of a second.
     *
     * @return why it cannot be loaded, or null
     */
    static @Nullable String load() {
        // The class loader lets one thread load and the others wait, and remembers a failure.
        try {
            Class.forName(PeerConnectionFactory.class.getName(), true, NativeLibrary.class.getClassLoader());
            return null;
        } catch (ClassNotFoundException | LinkageError | RuntimeException failed) {
            String known = failure;
            return known != null ? known : remember(failed);
        }
    }

    /** Why the library turned out not to load when it was needed; null as long as nothing is wrong with it. */
    static @Nullable String failure() {
        return failure;
    }

    private static @Nullable String unsupported(String system, String processor) {
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        boolean unix = system.startsWith("linux") || system.startsWith("mac");
        if (intel && (unix || system.startsWith("windows"))) {
            return null;
        }
        if (unix && processor.equals("aarch64")) {
            return null;
        }
        return "The Java peer is off: there is no WebRTC library for %s on %s; it runs on Linux and macOS (x86_64, aarch64) and on Windows (x86_64)."
                .formatted(system, processor);
    }

    private static @Nullable String missingOnLinux(String processor) {
        if (runsOnMusl()) {
            return "The Java peer is off: the WebRTC library needs glibc 2.18 or later, and this system has musl; use a"
                    + " distribution with glibc, such as Debian.";
        }
        SharedLibraries libraries = processor.equals("aarch64")
                ? new SharedLibraries("aarch64-linux-gnu", ELF_AARCH64)
                : new SharedLibraries("x86_64-linux-gnu", ELF_X86_64);
        List<String> missing = libraries.missing(List.copyOf(PACKAGES.keySet()));
        return missing.isEmpty()
                ? null
                : "The Java peer is off: the WebRTC library needs %s; install with: apt-get install %s (Debian and Ubuntu), then start again."
                        .formatted(
                                String.join(", ", missing),
                                missing.stream().map(PACKAGES::get).collect(Collectors.joining(" ")));
    }

    private static boolean runsOnMusl() {
        try {
            return Files.readString(Path.of("/proc/self/maps")).contains("/ld-musl-");
        } catch (IOException unreadable) {
            log.debug("Took the C library for glibc: {}", unreadable.toString());
            return false;
        }
    }

    /** Each platform's library comes in a jar of its own, which an application may leave out. */
    private static @Nullable String missingFile(String system, String processor) {
        String folder = system.startsWith("mac") ? "macos" : system.startsWith("windows") ? "windows" : "linux";
        String platform = folder + "-" + (processor.equals("aarch64") ? "aarch64" : "x86_64");
        String file = System.mapLibraryName("webrtc-java-" + platform);
        if (NativeLibrary.class.getResource("/" + file) == null) {
            return "The Java peer is off: this build lacks %s; add webrtc-java with the classifier %s."
                    .formatted(file, platform);
        }
        return Files.isWritable(temporary()) ? null : notLoaded("nobody may write there");
    }

    private static String remember(Throwable failed) {
        Throwable root = failed;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = notLoaded(String.valueOf(root.getMessage()));
        failure = reason;
        log.warn("{}", reason);
        log.debug("The WebRTC library could not be loaded", failed);
        return reason;
    }

    private static String notLoaded(String why) {
        return "The Java peer is off: the WebRTC library could not be loaded: %s. It is unpacked to %s, which must be"
                        .formatted(why, temporary())
                + " writable and not mounted noexec; -Djava.io.tmpdir=DIR names another folder.";
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static Map<String, String> packages() {
        Map<String, String> packages = new LinkedHashMap<>();
        packages.put("libpulse.so.0", "libpulse0");
        packages.put("libudev.so.1", "libudev1");
        packages.put("libdbus-1.so.3", "libdbus-1-3");
        packages.put("libX11.so.6", "libx11-6");
        packages.put("libXfixes.so.3", "libxfixes3");
        packages.put("libXrandr.so.2", "libxrandr2");
        packages.put("libXcomposite.so.1", "libxcomposite1");
        return packages;
    }
}
