package dev.peerhost.hosting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Serves the user's folder if there is one, else whatever other {@link Site} the application has. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(HostingProperties.class)
@Import({HostedBeside.class, ExplainController.class, ReloadController.class})
class HostingConfiguration {

    @Bean
    @ConditionalOnProperty("peerhost.hosting.dir")
    HostedSites peerhostHostedSites(HostingProperties properties, ObjectProvider<Https> https) {
        return new HostedSites(HostedFolder.open(properties.requireDir()), https.getIfAvailable());
    }

    @Bean
    SiteHandler peerhostSiteHandler(
            ObjectProvider<HostedSites> hosted,
            ObjectProvider<Site> other,
            ObjectProvider<Reloads> reloads,
            HostingProperties properties) {
        HostedSites sites = hosted.getIfAvailable();
        if (sites == null) {
            return new SiteHandler(other.getObject(), "");
        }
        Reloads watched = reloads.getIfAvailable();
        return new SiteHandler(
                sites::site,
                "",
                properties.ruleHeader(),
                watched == null ? UnaryOperator.identity() : watched::withScript);
    }

    @Bean
    @ConditionalOnBooleanProperty("peerhost.hosting.watch")
    Reloads peerhostReloads(ObjectProvider<HostedSites> hosted) {
        HostedSites sites = hosted.getIfAvailable();
        if (sites == null) {
            throw new UnusableFolderException(
                    "--watch is for a folder of yours: name it, as in bin/serve my-pages --watch.");
        }
        return new Reloads(sites.folder());
    }

    @Bean
    HostRule peerhostHostRule(HostingProperties properties) {
        return new HostRule(properties.allowedHosts(), HostingConfiguration::machineNames);
    }

    /** What this machine is called, in full and in short. */
    static Set<String> machineNames() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return Set.copyOf(List.of(name, name.split("\\.", 2)[0]));
        } catch (UnknownHostException e) {
            // A machine whose own name leads nowhere cannot be reached by it either.
            return Set.of();
        }
    }
}
