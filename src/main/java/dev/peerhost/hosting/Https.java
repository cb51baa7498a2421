package dev.peerhost.hosting;

import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * TLS on every port, so that pages are a secure context on other devices too: a phone gives its camera to no other. Browsers
 * agree on HTTP/2 in the handshake (ALPN, RFC 7301).
 */
public final class Https implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Path file;
    private final SelfSigned certificate;

    /**
     * Reads the certificate, or makes one.
     *
     * @throws UnusableCertificateException when neither can be done
     */
    Https(Path file) {
        this.file = file;
        this.certificate = SelfSigned.current(file);
    }

    /** The certificate's SHA-256 as browsers show it, to compare by eye. */
    public String fingerprint() {
        return certificate.fingerprint();
    }

    /** Where key and certificate are kept. */
    public Path file() {
        return file;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addConnectorCustomizers(this::secure);
    }

    /** Has a connector speak TLS, before it starts. */
    void secure(Connector connector) {
        connector.setScheme("https");
        connector.setSecure(true);
        if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> protocol) {
            protocol.setSSLEnabled(true);
        }
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.2+TLSv1.3");
        SSLHostConfigCertificate own = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        own.setCertificateKeystore(certificate.keys());
        own.setCertificateKeystorePassword(SelfSigned.PASSWORD);
        own.setCertificateKeyAlias(SelfSigned.ALIAS);
        host.addCertificate(own);
        connector.addSslHostConfig(host);
    }
}
