package dev.peerhost;

import java.net.BindException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says in one sentence why the executable cannot start, in place of Spring Boot's own report. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartProblems implements SpringBootExceptionReporter {

    private static final Logger log = LoggerFactory.getLogger(StartProblems.class);

    @Override
    public boolean reportException(Throwable failure) {
        if (!Start.began()) {
            return false;
        }
        log.debug("The start failed", failure);
        System.err.println(sentence(failure));
        return true;
    }

    private static String sentence(Throwable failure) {
        String known = StartSentences.find(failure, StartProblems::known);
        if (known != null) {
            return known;
        }
        Throwable root = StartSentences.root(failure);
        return "Peerhost cannot start: %s (%s); --logging.level.dev.peerhost=debug tells more."
                .formatted(
                        StartSentences.oneLine(root.getMessage()),
                        root.getClass().getSimpleName());
    }

    /** All settings are ours here. */
    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case PortInUseException port -> taken(port.getPort());
            case BindException address ->
                "Peerhost cannot listen where it should: %s; check --host and --port.".formatted(address.getMessage());
            case ConfigDataNotFoundException file ->
                "%s; check --spring.config.additional-location.".formatted(file.getMessage());
            case IllegalArgumentException range
            when String.valueOf(range.getMessage()).startsWith("port out of range") ->
                "A port is a number from 0 to 65535; choose another one with --port N.";
            default -> StartSentences.of(cause, "");
        };
    }

    private static String taken(int port) {
        int free = PortHolder.freeAbove(port);
        return "Port %d is taken by %s; stop that one, or choose another port: %s."
                .formatted(port, PortHolder.of(port), free == 0 ? "--port N" : "--port " + free + " is free");
    }
}
