package dev.peerhost;

import dev.peerhost.hosting.UnusableFolderException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;

/** Says in one sentence why the application cannot start, in place of Spring Boot's own report. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartProblems implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        System.err.println(sentence(failure));
        return true;
    }

    static String sentence(Throwable failure) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = known(cause);
            if (sentence != null) {
                return sentence;
            }
            root = cause;
        }
        return "Peerhost cannot start: %s (%s). Please report this with the log of a start with --debug."
                .formatted(root.getMessage(), root.getClass().getSimpleName());
    }

    private static @Nullable String known(Throwable cause) {
        return switch (cause) {
            case PortInUseException port ->
                "Port %d is taken by another program; stop that one, or choose another port with --server.port=N."
                        .formatted(port.getPort());
            case UnusableFolderException folder -> folder.getMessage();
            case BindValidationException invalid ->
                invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> error instanceof FieldError field
                                ? "%s.%s has the value \"%s\", which %s."
                                        .formatted(
                                                invalid.getValidationErrors().getName(),
                                                field.getField(),
                                                field.getRejectedValue(),
                                                field.getDefaultMessage())
                                : String.valueOf(error.getDefaultMessage()))
                        .collect(Collectors.joining(" "));
            case BindException bind -> bind.getCause() instanceof BindValidationException ? null : sentence(bind);
            default -> null;
        };
    }

    private static String sentence(BindException failure) {
        var property = failure.getProperty();
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return property == null
                ? "%s cannot be used: %s".formatted(failure.getName(), root.getMessage())
                : "%s has the value \"%s\", which cannot be used: %s"
                        .formatted(property.getName(), property.getValue(), root.getMessage());
    }
}
