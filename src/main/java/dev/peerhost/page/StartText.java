package dev.peerhost.page;

import dev.peerhost.hosting.HostedSites;
import dev.peerhost.hosting.Https;
import java.io.PrintStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What whoever started the server reads once it is up. */
@Component
class StartText {

    private final ServerFacts facts;
    private final BoundAddresses addresses;
    private final ObjectProvider<HostedSites> sites;
    private final ObjectProvider<Https> https;
    private final PageProperties properties;
    private final Environment environment;
    private final @Nullable String folder;

    StartText(
            ServerFacts facts,
            BoundAddresses addresses,
            ObjectProvider<HostedSites> sites,
            ObjectProvider<Https> https,
            PageProperties properties,
            Environment environment) {
        this.facts = facts;
        this.sites = sites;
        this.https = https;
        this.properties = properties;
        this.environment = environment;
        this.addresses = addresses;
        this.folder = environment.getProperty("peerhost.hosting.dir");
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() throws SocketException {
        print(System.out);
        if (properties.open()) {
            Desktop.open(addresses.get().local());
        }
    }

    private void print(PrintStream out) throws SocketException {
        Addresses now = addresses.get();
        List<String> lines = new ArrayList<>();
        lines.add("Peerhost %s serves %s".formatted(facts.version(), folder == null ? "its built-in site" : folder));
        lines.add("");
        lines.add("  on this machine   " + now.local());
        String label = "  on the network    ";
        for (String url : now.lan()) {
            lines.add(label + url);
            label = " ".repeat(label.length());
        }
        HostedSites hosted = sites.getIfAvailable();
        for (HostedSites.Place site : hosted == null ? List.<HostedSites.Place>of() : hosted.others()) {
            lines.add("  site %-12s %s".formatted(site.name(), now.local(site.port())));
        }
        if (folder != null) {
            lines.add("  built-in pages    " + now.local() + BuiltInSite.MOUNT.substring(1) + "/");
        }
        Https secure = https.getIfAvailable();
        if (secure != null) {
            lines.add("  certificate       SHA-256 " + secure.fingerprint());
            lines.add("                    kept in " + secure.file());
        }
        lines.add("");
        if (!now.lan().isEmpty() && showsQr()) {
            lines.addAll(new QrCode(now.lan().getFirst()).lines());
            lines.add("");
        }
        if (now.isEveryInterface()) {
            lines.add("It listens on every interface; --host 127.0.0.1 keeps it to this machine.");
        }
        if (isOn("peerhost.hosting.watch")) {
            lines.add("Open pages are reloaded when a file of the folder changes.");
        }
        if (!isOn("peerhost.hosting.log")) {
            lines.add("Requests are not listed; --log lists them.");
        }
        if (facts.peerProblem() != null) {
            lines.add(facts.peerProblem());
        }
        lines.add("Ctrl-C stops it.");
        out.println();
        lines.forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
        out.println();
        out.flush();
    }

    private boolean isOn(String setting) {
        return environment.getProperty(setting, Boolean.class, false);
    }

    @SuppressWarnings("SystemConsoleNull") // An older Java tells by it; a newer one has TERM alone to go by.
    private boolean showsQr() {
        return switch (properties.qr()) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> System.console() != null && System.getenv("TERM") != null;
        };
    }
}
