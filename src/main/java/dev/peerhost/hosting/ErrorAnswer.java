package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

    /** Sends the whole answer, with the sentence that fits its status. */
    public static void send(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        send(request, response, status, sentence(status));
    }

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
        boolean json = prefersJson(request);
        String body = json ? problem(status, title, sentence) : page(status, title, HtmlUtils.htmlEscape(sentence));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(json ? "application/problem+json" : "text/html;charset=utf-8");
        response.setContentLength(bytes.length);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'");
        response.getOutputStream().write(bytes);
    }

    private static String sentence(int status) {
        return switch (status) {
            case 400 -> "The request is not well formed; check what was sent.";
            case 403 -> "This is not allowed from here.";
            case 404 -> "There is nothing at this address; check its spelling.";
            case 405 -> "This address does not take this method; the header Allow names those that it takes.";
            case 406 -> "There is no answer here in a form that the header Accept asks for.";
            case 413 -> "The request is too large; send less.";
            case 415 -> "This address does not take a body of this type; check the header Content-Type.";
            case 503 -> "The server cannot answer now; try again later.";
            default ->
                status < 500
                        ? "The request cannot be answered; check what was sent."
                        : "The server failed at this; its log says why.";
        };
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
                <main class="lost">
                <h1>%1$d %2$s</h1>
                <p class="lead">%3$s</p>
                <p><a href="/">Start page</a></p>
                </main>
                </body>
                </html>
                """.formatted(status, title, sentence);
    }

    /** Whether the client would rather have JSON than a page. */
    static boolean prefersJson(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
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
