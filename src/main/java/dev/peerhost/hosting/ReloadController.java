package dev.peerhost.hosting;

import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What a watched page loads and listens to; without {@code --watch} there is neither. */
@Controller
class ReloadController {

    static final String SCRIPT = SiteMapping.OURS + "/hosting/reload.js";

    private final ObjectProvider<Reloads> reloads;

    ReloadController(ObjectProvider<Reloads> reloads) {
        this.reloads = reloads;
    }

    @GetMapping(SCRIPT)
    ResponseEntity<Resource> script() {
        if (reloads.getIfAvailable() == null) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(MediaType.valueOf("text/javascript;charset=utf-8"))
                .cacheControl(CacheControl.noCache())
                .header("X-Content-Type-Options", "nosniff")
                .body(new ClassPathResource("reload.js", ReloadController.class));
    }

    @GetMapping(SiteMapping.OURS + "/hosting/changes")
    ResponseEntity<SseEmitter> changes() throws IOException {
        Reloads watched = reloads.getIfAvailable();
        if (watched == null) {
            return ResponseEntity.notFound().build();
        }
        SseEmitter events = watched.listen();
        return events == null
                ? ResponseEntity.status(503).build()
                : ResponseEntity.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .body(events);
    }
}
