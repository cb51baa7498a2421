package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Says why a path is answered as it is: a page for browsers, JSON for others. */
@Controller
class ExplainController {

    private final SiteHandler site;

    ExplainController(SiteHandler site) {
        this.site = site;
    }

    @GetMapping(SiteMapping.OURS + "/hosting/explain")
    Object explain(
            @RequestParam(defaultValue = "/") String path, HttpServletRequest request, HttpServletResponse response) {
        String[] parts = (path.startsWith("/") ? path : "/" + path).split("\\?", 2);
        Explanation explanation = site.explain(request, parts[0], parts.length < 2 ? null : parts[1]);
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/html") || ErrorAnswer.prefersJson(request)) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .cacheControl(CacheControl.noStore())
                    .header("X-Content-Type-Options", "nosniff")
                    .body(explanation);
        }
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'");
        return new ModelAndView("peerhost/explain", "it", explanation);
    }
}
