package dev.peerhost;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Starts Peerhost: {@code java -jar peerhost.jar [DIR] [--server.port=N …]}.
 *
 * <p>Its beans are those of any application that uses the library, and those that {@code META-INF/spring} names for it
 * alone. This class alone is compiled for Java 17, so that an older Java can say what is missing.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ImportAutoConfiguration
public class Peerhost {

    private static final int OLDEST_JAVA = 21;

    /**
     * Runs until the process is told to stop; a start that fails ends with one sentence and exit code 1.
     *
     * @param arguments the folder to serve, if any, and options
     */
    public static void main(String[] arguments) {
        int java = Runtime.version().feature();
        if (java < OLDEST_JAVA) {
            System.err.printf(
                    "Peerhost needs Java %d or later; this is Java %d (%s). Start it with the java of a newer JDK.%n",
                    OLDEST_JAVA, java, System.getProperty("java.home"));
            System.exit(1);
        }
        Start.run(arguments);
    }
}
