package dev.peerhost.hosting;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** The sites of a folder, the first on the server's own port p, the others on p + 5, p + 6 and so on. */
public final class HostedSites implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /**
     * A site and where it is.
     *
     * @param name as configured, or empty
     * @param port that it listens on
     */
    public record Place(String name, int port) {}

    private static final int FIRST_STEP = 5;

    private final HostedFolder folder;
    private final @Nullable Https https;
    private final List<Connector> others = new ArrayList<>();

    HostedSites(HostedFolder folder, @Nullable Https https) {
        this.folder = folder;
        this.https = https;
    }

    /** The site on the port at which this request came in. */
    Site site(HttpServletRequest request) {
        int port = request.getLocalPort();
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i).getLocalPort() == port) {
                return folder.site(i + 1);
            }
        }
        return folder.site(0);
    }

    /** The folder that they are in. */
    HostedFolder folder() {
        return folder;
    }

    /** The sites besides the first, once the server has started. */
    public List<Place> others() {
        List<String> names = folder.names();
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            places.add(new Place(names.get(i + 1), others.get(i).getLocalPort()));
        }
        return places;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        others.clear();
        for (int i = 1; i < folder.names().size(); i++) {
            int port = factory.getPort() <= 0 ? 0 : factory.getPort() + FIRST_STEP + i - 1;
            others.add(connector(factory.getProtocol(), port, factory.getAddress()));
        }
        factory.addAdditionalConnectors(others.toArray(Connector[]::new));
    }

    private Connector connector(String protocol, int port, @Nullable InetAddress address) {
        Connector connector = Connectors.open(protocol, port);
        if (address != null && connector.getProtocolHandler() instanceof AbstractProtocol<?> handler) {
            handler.setAddress(address);
        }
        if (https != null) {
            https.secure(connector);
        }
        return connector;
    }
}
