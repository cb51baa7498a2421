package dev.peerhost.hosting;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Lets what sites need through to them, on every port. */
final class Connectors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Browsers send these as they are in queries, and some of them in paths (URL Standard, section 1.3). */
    private static final String AS_THEY_ARE = "[]^`{|}";

    /** What some programs leave in queries, too, and what is not read as anything but itself there. */
    private static final String IN_QUERIES = AS_THEY_ARE + "\"<>\\";

    /** In bytes; what is larger than any body that we take is refused in Tomcat's words. */
    private static final int LARGEST_UPGRADE = 1024 * 1024;

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(Connectors::prepare);
    }

    static void prepare(Connector connector) {
        // An encoded slash is a character of a name, and no site's rules would see it otherwise.
        connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
        // A client that asks for HTTP/2 with its request, as Java's does, has its body kept over the upgrade, or gets
        // 413.
        connector.setMaxSavePostSize(LARGEST_UPGRADE);
        connector.setProperty("relaxedPathChars", AS_THEY_ARE);
        connector.setProperty("relaxedQueryChars", IN_QUERIES);
    }

    /** One for another port, of the same protocol as the first. */
    static Connector open(String protocol, int port) {
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        connector.setURIEncoding("UTF-8");
        connector.addUpgradeProtocol(new Http2Protocol());
        prepare(connector);
        return connector;
    }
}
