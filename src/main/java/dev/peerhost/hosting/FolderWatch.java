package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells that something changed in the folders of a site: in those made later too, and not in ignored ones. Links are not
 * followed: what is served through one lies inside, and is watched there. Changes that come together are told once.
 */
final class FolderWatch implements AutoCloseable {

    private static final Logger log = Logger.getLogger(FolderWatch.class.getName());

    /** The system has to remember each of them, and mostly few are allowed. */
    private static final int MOST_FOLDERS = 4096;

    /** A burst ends with so much quiet, or after so long, in milliseconds. */
    private static final long QUIET = 100;

    private static final long LONGEST = 1000;
    /** How often a folder that is gone is looked for, in milliseconds. */
    private static final long LOOK = 1000;

    private final HostedFolder site;
    private final Runnable changed;
    private final WatchService system;
    private final Map<WatchKey, Path> folders = new HashMap<>();
    private boolean full;

    /**
     * Begins to watch.
     *
     * @param changed run after each burst, by a thread of its own that may wait
     */
    FolderWatch(HostedFolder site, Runnable changed) throws IOException {
        this.site = site;
        this.changed = changed;
        this.system = FileSystems.getDefault().newWatchService();
        registerAll();
        Thread.ofPlatform().daemon().name("folder-watch").start(this::run);
    }

    @Override
    public void close() throws IOException {
        system.close();
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = folders.values().containsAll(site.folders())
                        ? system.take()
                        : system.poll(LOOK, TimeUnit.MILLISECONDS);
                if (key == null ? registerAll() : burst(key)) {
                    changed.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException end) {
            log.log(Level.FINE, "No longer watches", end);
        }
    }

    /** Whether anything counts of what comes within a short time. */
    private boolean burst(WatchKey first) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST);
        boolean counts = false;
        for (WatchKey key = first; key != null; ) {
            counts |= look(key);
            key = System.nanoTime() < end ? system.poll(QUIET, TimeUnit.MILLISECONDS) : null;
        }
        return counts;
    }

    private boolean look(WatchKey key) {
        Path folder = folders.get(key);
        boolean counts = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
                registerAll();
                counts = true;
            } else if (folder != null && event.context() instanceof Path name) {
                Path file = folder.resolve(name);
                if (site.depends(file)) {
                    counts = true;
                    // A new folder, or rules that name another one.
                    registerBelow(file);
                    registerAll();
                }
            }
        }
        if (!key.reset()) {
            folders.remove(key);
        }
        return counts;
    }

    /** Returns whether there was anything new to watch. */
    private boolean registerAll() {
        int before = folders.size();
        for (Path root : site.folders()) {
            if (!folders.containsValue(root)) {
                register(root);
                registerBelow(root);
            }
        }
        return folders.size() > before;
    }

    private void registerBelow(Path root) {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS)
                && !site.folders().contains(root)) {
            return;
        }
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (full || !site.depends(folder)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    register(folder);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, @Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            log.log(Level.FINE, "Cannot watch below " + root, unreadable);
        }
    }

    private void register(Path folder) {
        try {
            if (!full && folders.size() < MOST_FOLDERS) {
                folders.put(
                        folder.register(
                                system,
                                StandardWatchEventKinds.ENTRY_CREATE,
                                StandardWatchEventKinds.ENTRY_DELETE,
                                StandardWatchEventKinds.ENTRY_MODIFY),
                        folder);
                return;
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException gone) {
            log.log(Level.FINE, "It went away meanwhile", gone);
            return;
        } catch (IOException refused) {
            log.log(Level.FINE, "The system watches no more", refused);
        }
        if (!full) {
            full = true;
            log.warning("Only %d folders are watched: changes in the others reload no page.".formatted(folders.size()));
        }
    }
}
