package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.HeaderRule;
import dev.peerhost.hosting.rules.RewriteRule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Says that a rewrite leads to a program which is not here. */
final class ServiceAnswer {

    private ServiceAnswer() {}

    static void send(
            HttpServletRequest request,
            HttpServletResponse response,
            RewriteRule.ToService service,
            List<HeaderRule.Field> fields)
            throws IOException {
        ErrorAnswer.send(
                request,
                response,
                502,
                "A rewrite of this site leads to the %s \"%s\", which this server does not run; it answers in production."
                        .formatted(service.kind(), service.name()));
        Fields.set(response, fields);
    }
}
