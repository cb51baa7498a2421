package dev.peerhost;

import dev.peerhost.hosting.UnusableFolderException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

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
            CommandLine line = CommandLine.parse(arguments);
            switch (line.task()) {
                case HELP -> System.out.print(text("help.txt"));
                case VERSION -> System.out.println("Peerhost " + version());
                case SERVE, REHEARSE -> serve(line);
            }
        } catch (CommandLine.UnusableArgumentException | UnusableFolderException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        } catch (IOException e) {
            System.err.println("The rehearsal failed: " + e.getMessage());
            System.exit(1);
        } catch (RuntimeException e) {
            // StartProblems has said why.
            System.exit(1);
        }
    }

    private static void serve(CommandLine line) throws IOException {
        SpringApplication application = new SpringApplication(Peerhost.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setDefaultProperties(DEFAULTS);
        // The native library writes to it while the process ends, when everything is said.
        SpringApplication.getShutdownHandlers().add(System.out::close);
        var context = application.run(line.settings().toArray(String[]::new));
        if (line.task() == CommandLine.Task.REHEARSE) {
            Rehearsal.run((WebServerApplicationContext) context);
            System.exit(SpringApplication.exit(context));
        }
    }

    private static String text(String resource) {
        try (InputStream in = Start.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("This build of Peerhost lacks its file " + resource + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version() {
        return text("page/version.properties").strip().replaceFirst(".*=", "");
    }
}
