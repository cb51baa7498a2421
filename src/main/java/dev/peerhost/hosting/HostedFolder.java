package dev.peerhost.hosting;

import dev.peerhost.hosting.rules.FirebaseJson;
import dev.peerhost.hosting.rules.SiteRules;
import dev.peerhost.hosting.rules.UnusableRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A folder with the sites that its {@code firebase.json} describes. That file is looked at before each request: what it says
 * now counts, unless it is wrong or gone, when what it said before goes on to count.
 */
final class HostedFolder {

    private static final Logger log = Logger.getLogger(HostedFolder.class.getName());
    private static final String TARGETS = ".firebaserc";

    private record Loaded(FileStamp rules, FileStamp targets, List<Site> sites, List<SiteRules> described) {}

    private final Path folder;
    private volatile Loaded loaded;

    private HostedFolder(Path folder) throws UnusableRulesException {
        this.folder = folder;
        this.loaded = load(FileStamp.of(rulesFile()), FileStamp.of(targetsFile()));
    }

    /**
     * Opens a folder.
     *
     * @throws UnusableFolderException when it cannot be read, or its configuration is wrong
     */
    static HostedFolder open(Path given) {
        Folder.onDisk(given);
        try {
            return new HostedFolder(given.toAbsolutePath().normalize());
        } catch (UnusableRulesException e) {
            throw new UnusableFolderException(String.valueOf(e.getMessage()));
        }
    }

    /** The site with that number, from 0, as it is now. */
    Site site(int number) {
        refresh();
        return loaded.sites.get(number);
    }

    /** What the sites are called, in their order; empty for one without a name. */
    List<String> names() {
        return loaded.described.stream().map(SiteRules::name).toList();
    }

    /** Where everything is that its answers depend on: its own folder, and those of its sites. */
    Set<Path> folders() {
        refresh();
        Set<Path> all = new LinkedHashSet<>(List.of(folder));
        loaded.sites.forEach(site -> all.addAll(site.folders()));
        return all;
    }

    /** Whether answers depend on a file or folder. */
    boolean depends(Path file) {
        refresh();
        return file.equals(rulesFile())
                || file.equals(targetsFile())
                || loaded.sites.stream().anyMatch(site -> site.mayServe(file));
    }

    private Path rulesFile() {
        return folder.resolve(FirebaseJson.NAME);
    }

    private Path targetsFile() {
        return folder.resolve(TARGETS);
    }

    private void refresh() {
        Loaded before = loaded;
        if (before.rules.isCurrent(rulesFile()) && before.targets.isCurrent(targetsFile())) {
            return;
        }
        synchronized (this) {
            before = loaded;
            FileStamp rules = FileStamp.of(rulesFile());
            FileStamp targets = FileStamp.of(targetsFile());
            if (!rules.equals(before.rules) || !targets.equals(before.targets)) {
                loaded = reload(before, rules, targets);
            }
        }
    }

    private Loaded reload(Loaded before, FileStamp rules, FileStamp targets) {
        try {
            if (rules.isMissing()) {
                log.warning("firebase.json is gone; what it said goes on to count until it is back.");
            } else {
                Loaded now = load(rules, targets);
                if (now.sites.size() == before.sites.size()) {
                    log.info("firebase.json has changed; what it says now counts.");
                    return now;
                }
                log.warning(
                        "firebase.json describes %d sites now, and %d before; what it said before goes on to count, since"
                                        .formatted(now.sites.size(), before.sites.size())
                                + " each site has a port of its own: start again.");
            }
        } catch (UnusableRulesException e) {
            log.warning("%s What it said before goes on to count.".formatted(e.getMessage()));
        }
        return new Loaded(rules, targets, before.sites, before.described);
    }

    private Loaded load(FileStamp rules, FileStamp targets) throws UnusableRulesException {
        FirebaseJson read = FirebaseJson.parse(text(rulesFile()), text(targetsFile()));
        List<Site> sites = new ArrayList<>();
        for (SiteRules site : read.sites()) {
            sites.add(new Site(folders(site), site));
        }
        read.warnings().forEach(log::warning);
        return new Loaded(rules, targets, List.copyOf(sites), read.sites());
    }

    private List<Folder> folders(SiteRules site) throws UnusableRulesException {
        List<Folder> folders = new ArrayList<>();
        for (int i = 0; i < site.folders().size(); i++) {
            String name = site.folders().get(i);
            try {
                // A leading slash does not leave the project, as for the reference.
                folders.add(Folder.onDisk(folder.resolve(name.replaceFirst("^/+", ""))));
            } catch (UnusableFolderException e) {
                throw site.unusableFolder(name, Objects.requireNonNull(e.getMessage()));
            }
        }
        return folders;
    }

    private static @Nullable String text(Path file) throws UnusableRulesException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            log.log(Level.FINE, "A configuration cannot be read", e);
            throw FirebaseJson.unreadable(String.valueOf(file.getFileName()));
        }
    }
}
