package dev.peerhost.hosting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Has open pages load anew when something changes in their site's folder. Each page of it carries a script that names the
 * version that it is of, and hears of later ones by Server-Sent Events (HTML Standard, section 9.2).
 */
final class Reloads implements SmartLifecycle {

    private static final Logger log = Logger.getLogger(Reloads.class.getName());

    /** How many pages may listen at once; more are not told. */
    private static final int MOST_PAGES = 256;

    private final HostedFolder site;
    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private final AtomicInteger changes = new AtomicInteger();
    /** Versions of another run are other ones. */
    private final String run = Long.toString(System.currentTimeMillis(), 36);

    private volatile @Nullable FolderWatch watch;

    Reloads(HostedFolder site) {
        this.site = site;
    }

    /** What a page carries to be reloaded, behind all its own; other files are left as they are. */
    Content withScript(Content file) {
        if (!file.type().startsWith("text/html")) {
            return file;
        }
        String version = version();
        byte[] script = "<script type=\"module\" src=\"%s?v=%s\"></script>\n"
                .formatted(ReloadController.SCRIPT, version)
                .getBytes(StandardCharsets.UTF_8);
        return new Content.Extended(file, script, version);
    }

    /** The events for a page, the first of them at once; null when too many listen already. */
    @Nullable
    SseEmitter listen() throws IOException {
        if (pages.size() >= MOST_PAGES) {
            return null;
        }
        SseEmitter page = new SseEmitter(0L);
        page.onCompletion(() -> pages.remove(page));
        page.onError(gone -> pages.remove(page));
        pages.add(page);
        page.send(event());
        return page;
    }

    private String version() {
        return run + "." + changes.get();
    }

    private SseEmitter.SseEventBuilder event() {
        return SseEmitter.event().name("version").data(version()).reconnectTime(1000);
    }

    private void changed() {
        changes.incrementAndGet();
        for (SseEmitter page : pages) {
            try {
                page.send(event());
            } catch (IOException | IllegalStateException gone) {
                log.log(Level.FINE, "A page is gone, and its emitter's completion takes it off the list", gone);
            }
        }
    }

    @Override
    public void start() {
        try {
            watch = new FolderWatch(site, this::changed);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder cannot be watched", e);
        }
    }

    @Override
    public void stop() {
        FolderWatch last = watch;
        watch = null;
        pages.forEach(SseEmitter::complete);
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            log.log(Level.FINE, "The watch did not end", e);
        }
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }
}
