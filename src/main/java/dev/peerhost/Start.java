package dev.peerhost;

import dev.peerhost.hosting.Folder;
import dev.peerhost.hosting.UnusableFolderException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;

/** The start itself, from the command line on. */
final class Start {

    /** Our settings come from the jar: a project that the jar is started in may have a file of the same name. */
    private static final Map<String, Object> DEFAULTS = Map.of("spring.config.location", "classpath:/peerhost/");

    private static volatile boolean began;

    private Start() {}

    /** Whether this process is the executable; else it is an application that uses the library. */
    static boolean began() {
        return began;
    }

    static void run(String[] arguments) {
        began = true;
        try {
            SpringApplication application = new SpringApplication(Peerhost.class);
            application.setBannerMode(Banner.Mode.OFF);
            application.setLogStartupInfo(false);
            application.setDefaultProperties(DEFAULTS);
            // The native library writes to it while the process ends, when everything is said.
            SpringApplication.getShutdownHandlers().add(System.out::close);
            application.run(options(arguments));
        } catch (UnusableArgumentException | UnusableFolderException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // StartProblems has said why.
            System.exit(1);
        }
    }

    /** The arguments as options alone: the folder is one too. */
    private static String[] options(String[] arguments) {
        List<String> options = new ArrayList<>();
        String folder = null;
        for (String argument : arguments) {
            if (argument.startsWith("--") && argument.length() > 2) {
                options.add(argument);
            } else if (argument.startsWith("-") || argument.isBlank()) {
                throw new UnusableArgumentException(
                        "\"%s\" is neither a folder nor an option; options are written --name=value."
                                .formatted(argument));
            } else if (folder != null) {
                throw new UnusableArgumentException(
                        "One folder can be served, not both \"%s\" and \"%s\"; options are written --name=value."
                                .formatted(folder, argument));
            } else {
                folder = argument;
            }
        }
        if (folder != null) {
            options.add("--peerhost.hosting.dir=" + usable(folder));
        }
        return options.toArray(String[]::new);
    }

    private static Path usable(String folder) {
        try {
            Path path = Path.of(folder).toAbsolutePath().normalize();
            // Said at once, rather than after the seconds that a start takes.
            Folder.onDisk(path);
            return path;
        } catch (InvalidPathException e) {
            throw new UnusableArgumentException("\"%s\" cannot be the name of a folder.".formatted(folder));
        }
    }

    /** A command line that makes no sense; the message is a sentence. */
    private static final class UnusableArgumentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableArgumentException(@Nullable String sentence) {
            super(sentence);
        }
    }
}
