package dev.peerhost.page;

import dev.peerhost.hosting.ErrorAnswer;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container sends a request that a handler of ours gave up; the cause is in the log, not in the answer. */
@Controller
class ErrorPage implements ErrorController {

    @RequestMapping(BuiltInSite.MOUNT + "/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        ErrorAnswer.send(request, response, status, sentence(status));
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
            default ->
                status < 500
                        ? "The request cannot be answered; check what was sent."
                        : "The server failed at this; its log says why.";
        };
    }
}
