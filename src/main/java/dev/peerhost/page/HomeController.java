package dev.peerhost.page;

import jakarta.servlet.http.HttpServletResponse;
import java.net.SocketException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The start page: what this is, and three ways in. */
@Controller
class HomeController {

    private final ServerFacts facts;
    private final BoundAddresses addresses;

    HomeController(ServerFacts facts, BoundAddresses addresses) {
        this.facts = facts;
        this.addresses = addresses;
    }

    @GetMapping(BuiltInSite.MOUNT + "/")
    String home(Model model, HttpServletResponse response) throws SocketException {
        PageHeaders.ALL.forEach(response::setHeader);
        // The server's addresses may be others at the next look.
        response.setHeader("Cache-Control", "no-store");
        Addresses now = addresses.get();
        model.addAttribute("local", now.local());
        List<String> lan = now.lan();
        model.addAttribute("lan", lan);
        model.addAttribute("secure", now.isSecure());
        if (!lan.isEmpty()) {
            QrCode code = new QrCode(lan.getFirst());
            model.addAttribute("qrPath", code.path());
            model.addAttribute("qrBox", "0 0 %1$d %1$d".formatted(code.size()));
        }
        model.addAttribute("version", facts.version());
        model.addAttribute("peerProblem", facts.peerProblem());
        return "peerhost/home";
    }

    @GetMapping(BuiltInSite.MOUNT)
    ResponseEntity<Void> addSlash() {
        return ResponseEntity.status(HttpStatus.MOVED_PERMANENTLY)
                .header("Location", BuiltInSite.MOUNT + "/")
                .build();
    }
}
