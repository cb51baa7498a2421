package dev.peerhost.page;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code peerhost.page.*}.
 *
 * @param open whether the start page is opened in a browser of this machine
 * @param qr whether the start text has a QR code of the address for other devices
 */
@ConfigurationProperties("peerhost.page")
record PageProperties(
        @DefaultValue("false") boolean open,
        @DefaultValue("auto") Qr qr) {

    /** When the start text has a QR code. */
    enum Qr {
        /** When a terminal shows it. */
        AUTO,
        ON,
        OFF
    }
}
