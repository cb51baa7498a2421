package dev.peerhost;

import dev.peerhost.hosting.Folder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the executable was asked for.
 *
 * @param task what it does
 * @param settings for Spring Boot, each {@code --name=value}; the folder is one of them
 */
record CommandLine(Task task, List<String> settings) {

    /** What the executable can do. */
    enum Task {
        SERVE,
        /** Serve, visit itself and end; see {@link Rehearsal}. */
        REHEARSE,
        HELP,
        VERSION
    }

    private static final String DIR = "--peerhost.hosting.dir=";

    /** Those that are followed by a value, and the setting that each stands for. */
    private static final Map<String, String> VALUED = Map.of("--port", "--server.port=", "--host", "--server.address=");

    /** Those that stand alone. */
    private static final Map<String, List<String>> SWITCHES = Map.of(
            "--watch", List.of("--peerhost.hosting.watch=true"),
            "--https", List.of("--peerhost.https.enabled=true"),
            "--open", List.of("--peerhost.page.open=true"),
            "--log", List.of("--peerhost.hosting.log=true"),
            "--rehearse", List.of("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=-1"),
            "--help", List.of(),
            "--version", List.of());

    /**
     * Reads the arguments.
     *
     * @throws UnusableArgumentException for one that makes no sense
     * @throws dev.peerhost.hosting.UnusableFolderException for a folder that cannot be served
     */
    static CommandLine parse(String[] arguments) {
        Task task = Task.SERVE;
        List<String> settings = new ArrayList<>();
        String folder = null;
        for (Iterator<String> left = List.of(arguments).iterator(); left.hasNext(); ) {
            String argument = left.next();
            String name = argument.split("=", 2)[0];
            String valued = VALUED.get(name);
            List<String> alone = SWITCHES.get(argument);
            if (alone != null) {
                settings.addAll(alone);
                task = task(argument, task);
            } else if (valued != null) {
                settings.add(valued + value(name, argument, left));
            } else if (argument.startsWith("--")) {
                settings.add(KnownOptions.check(name, argument, VALUED.keySet(), SWITCHES.keySet()));
            } else if (argument.startsWith("-") || argument.isBlank()) {
                throw new UnusableArgumentException(
                        "\"%s\" is neither a folder nor an option; --help lists the options.".formatted(argument));
            } else if (folder != null) {
                throw new UnusableArgumentException(
                        "One folder can be served, not both \"%s\" and \"%s\"; --help lists the options."
                                .formatted(folder, argument));
            } else {
                folder = argument;
            }
        }
        if (folder != null && task == Task.SERVE) {
            settings.add(DIR + usable(folder));
        }
        return new CommandLine(task, List.copyOf(settings));
    }

    private static Task task(String argument, Task before) {
        return switch (argument) {
            case "--help" -> Task.HELP;
            case "--version" -> Task.VERSION;
            case "--rehearse" -> Task.REHEARSE;
            default -> before;
        };
    }

    private static String value(String name, String argument, Iterator<String> left) {
        int equals = argument.indexOf('=');
        String value = equals >= 0 ? argument.substring(equals + 1) : left.hasNext() ? left.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new UnusableArgumentException("%s needs a value, as in %s"
                    .formatted(name, name.equals("--port") ? "--port 9000." : "--host 127.0.0.1."));
        }
        return value;
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
    static final class UnusableArgumentException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnusableArgumentException(@Nullable String sentence) {
            super(sentence);
        }
    }
}
