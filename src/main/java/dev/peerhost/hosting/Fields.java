package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.HeaderRule;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Puts the header fields of a site's rules into an answer. */
final class Fields {

    /** How an answer is cut into messages is between server and client (RFC 9112, section 6), and no site's business. */
    private static final Set<String> FRAMING =
            Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer");

    private Fields() {}

    /** Sets them in their order; a later one of the same name replaces an earlier one. */
    static void set(HttpServletResponse response, List<HeaderRule.Field> fields) {
        for (HeaderRule.Field field : fields) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (name.equals("content-type")) {
                // Else the container would add the charset of the type that this one replaces.
                response.setCharacterEncoding((String) null);
            }
            if (!FRAMING.contains(name)) {
                response.setHeader(field.name(), field.value());
            }
        }
    }
}
