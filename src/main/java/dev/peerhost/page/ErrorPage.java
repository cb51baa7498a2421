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
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if ("TRACE".equals(request.getAttribute(RequestDispatcher.ERROR_METHOD))) {
            // The container refuses it before a handler is asked, with all that a servlet could do in Allow.
            response.setHeader("Allow", "GET, HEAD");
        }
        ErrorAnswer.send(request, response, status instanceof Integer code ? code : 404);
    }
}
