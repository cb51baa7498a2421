package dev.peerhost;

import dev.peerhost.hosting.UnusableCertificateException;
import dev.peerhost.hosting.UnusableFolderException;
import java.net.BindException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.config.ConfigDataNotFoundException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

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

    /** The sentence for the outermost cause that we know, since it knows the most about what was configured. */
    private static String sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = known(cause);
            if (sentence != null) {
                return sentence;
            }
        }
        Throwable root = root(failure);
        return "Peerhost cannot start: %s (%s); --logging.level.dev.peerhost=debug tells more."
                .formatted(oneLine(root.getMessage()), root.getClass().getSimpleName());
    }

    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case PortInUseException port -> taken(port.getPort());
            case BindException address ->
                "Peerhost cannot listen where it should: %s; check --host and --port.".formatted(address.getMessage());
            case UnusableFolderException folder -> folder.getMessage();
            case UnusableCertificateException certificate -> certificate.getMessage();
            case ConfigDataNotFoundException file ->
                "%s; check --spring.config.additional-location.".formatted(file.getMessage());
            case BindValidationException invalid ->
                invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> invalid(invalid.getValidationErrors().getName() + ".", error))
                        .collect(Collectors.joining(" "));
            case org.springframework.boot.context.properties.bind.BindException bind -> invalid(bind);
            case IllegalArgumentException range
            when String.valueOf(range.getMessage()).startsWith("port out of range") ->
                "A port is a number from 0 to 65535; choose another one with --port N.";
            default -> null;
        };
    }

    private static String taken(int port) {
        int free = PortHolder.freeAbove(port);
        return "Port %d is taken by %s; stop that one, or choose another port: %s."
                .formatted(port, PortHolder.of(port), free == 0 ? "--port N" : "--port " + free + " is free");
    }

    private static String invalid(String prefix, ObjectError error) {
        return error instanceof FieldError field
                ? "%s has the value \"%s\", which %s."
                        .formatted(
                                prefix + DataObjectPropertyName.toDashedForm(field.getField()),
                                field.getRejectedValue(),
                                field.getDefaultMessage())
                : prefix + " " + error.getDefaultMessage() + ".";
    }

    private static @Nullable String invalid(org.springframework.boot.context.properties.bind.BindException failure) {
        Throwable root = root(failure);
        if (root instanceof BindValidationException) {
            return null;
        }
        String why = root instanceof NumberFormatException ? "it is no such number" : oneLine(root.getMessage());
        var property = failure.getProperty();
        return property == null
                ? "%s cannot be used: %s.".formatted(failure.getName(), why)
                : "%s has the value \"%s\", which cannot be used: %s."
                        .formatted(property.getName(), property.getValue(), why);
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }
}
