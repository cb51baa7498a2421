package dev.peerhost;

import dev.peerhost.channel.UnusableHandlerException;
import dev.peerhost.hosting.UnusableCertificateException;
import dev.peerhost.hosting.UnusableFolderException;
import dev.peerhost.signaling.SecondBrokerException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** What keeps Peerhost from starting, in the executable and in another's application alike: one sentence with the remedy. */
final class StartSentences {

    private StartSentences() {}

    /** The sentence for the outermost cause that we know, since it knows the most about what was configured; or null. */
    static @Nullable String find(Throwable failure, Function<Throwable, @Nullable String> known) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = known.apply(cause);
            if (sentence != null) {
                return sentence;
            }
        }
        return null;
    }

    /**
     * The sentence for a cause that is ours.
     *
     * @param settings how the names of the settings begin that count as ours
     */
    static @Nullable String of(Throwable cause, String settings) {
        return switch (cause) {
            case UnusableFolderException folder -> folder.getMessage();
            case UnusableCertificateException certificate -> certificate.getMessage();
            case UnusableHandlerException handler -> handler.getMessage();
            case SecondBrokerException broker -> broker.getMessage();
            case BindValidationException invalid
            when invalid.getValidationErrors().getName().toString().startsWith(settings) ->
                invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> invalid(invalid.getValidationErrors().getName() + ".", error))
                        .collect(Collectors.joining(" "));
            case BindException bind when bind.getName().toString().startsWith(settings) -> invalid(bind);
            default -> null;
        };
    }

    /** What an exception says in the end, without its line breaks and its last full stop. */
    static String oneLine(@Nullable String message) {
        return String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }

    static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
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

    private static @Nullable String invalid(BindException failure) {
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
}
