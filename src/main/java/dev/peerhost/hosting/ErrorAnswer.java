package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Answers that something is wrong: a small page, or problem details (RFC 9457) for a client that prefers JSON. It says one
 * sentence and nothing about the inside of the server.
 */
public final class ErrorAnswer {

    private ErrorAnswer() {}

    /**
     * Sends the whole answer.
     *
     * @param status 400 to 599
     * @param sentence what is wrong and what to do
     */
    public static void send(HttpServletRequest request, HttpServletResponse response, int status, String sentence)
            throws IOException {
        HttpStatus known = HttpStatus.resolve(status);
        String title = known == null ? "Error" : known.getReasonPhrase();
        boolean json = prefersJson(request.getHeader("Accept"));
        String body = json ? problem(status, title, sentence) : page(status, title, HtmlUtils.htmlEscape(sentence));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(json ? "application/problem+json" : "text/html;charset=utf-8");
        response.setContentLength(bytes.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.getOutputStream().write(bytes);
    }

    private static String problem(int status, String title, String sentence) {
        StringBuilder problem = new StringBuilder("{\"status\":").append(status);
        problem.append(",\"title\":\"").append(title).append("\",\"detail\":\"");
        JsonStringEncoder.getInstance().quoteAsString(sentence, problem);
        return problem.append("\"}").toString();
    }

    private static String page(int status, String title, String sentence) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$d %2$s</title>
                <link rel="stylesheet" href="/__/peerhost/style.css">
                </head>
                <body>
                <main>
                <h1>%1$d %2$s</h1>
                <p>%3$s</p>
                <p><a href="/">Start page</a></p>
                </main>
                </body>
                </html>
                """.formatted(status, title, sentence);
    }

    private static boolean prefersJson(@Nullable String accept) {
        if (accept == null || !accept.contains("json")) {
            return false;
        }
        try {
            var types = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(types);
            for (MediaType type : types) {
                if (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json")) {
                    return true;
                }
                if (type.getSubtype().equals("html")) {
                    return false;
                }
            }
            return false;
        } catch (InvalidMediaTypeException e) {
            // It is a client of programs that says json in whatever words; a page would not help it.
            return true;
        }
    }
}
