package dev.peerhost.hosting;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for this machine's own names and addresses (RFC 6125), signed by itself and kept for the next start. It is
 * replaced when it is about to end, or the machine has an address that it lacks.
 *
 * @param keys the certificate under {@link #ALIAS} with its private key
 */
record SelfSigned(KeyStore keys, X509Certificate certificate) {

    static final String ALIAS = "peerhost";

    /** No secret, but PKCS #12 wants one: who may read the file may have the key. */
    static final String PASSWORD = "peerhost";

    private static final Logger log = Logger.getLogger(SelfSigned.class.getName());

    private static final Duration LEFT = Duration.ofDays(7);
    /** In days; more than 825 are refused by Apple's systems. */
    private static final int VALID = 365;

    private static final int MOST_ADDRESSES = 64;
    private static final int IP_ADDRESS = 7;

    /** The one of the file if it still serves, else a new one in its place. */
    static SelfSigned current(Path file) {
        try {
            Set<String> addresses = addresses();
            SelfSigned kept = Files.exists(file) ? read(file) : null;
            if (kept != null && kept.serves(addresses)) {
                return kept;
            }
            List<String> names = new ArrayList<>(List.of("dns:localhost"));
            HostingConfiguration.machineNames().stream()
                    .filter(name -> name.matches("[A-Za-z0-9.-]+"))
                    .forEach(name -> names.addAll(List.of("dns:" + name, "dns:" + name + ".local")));
            addresses.forEach(address -> names.add("ip:" + address));
            Keytool.generate(file, ALIAS, PASSWORD, VALID, names);
            SelfSigned made = read(file);
            if (made != null) {
                return made;
            }
        } catch (IOException e) {
            log.log(Level.FINE, "No certificate", e);
            throw new UnusableCertificateException(
                    "The certificate for --https cannot be kept in %s (%s); name a folder that may be written with --peerhost.https.dir=DIR."
                            .formatted(file, e.getClass().getSimpleName()));
        }
        throw new UnusableCertificateException("The certificate in %s cannot be read; delete it.".formatted(file));
    }

    /** Its SHA-256. */
    String fingerprint() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Null for a file that is something else. */
    private static @Nullable SelfSigned read(Path file) throws IOException {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (var in = Files.newInputStream(file)) {
                keys.load(in, PASSWORD.toCharArray());
            }
            return keys.isKeyEntry(ALIAS) && keys.getCertificate(ALIAS) instanceof X509Certificate certificate
                    ? new SelfSigned(keys, certificate)
                    : null;
        } catch (java.nio.file.FileSystemException unreadable) {
            throw unreadable;
        } catch (IOException | GeneralSecurityException damaged) {
            log.log(Level.FINE, "Passed over " + file, damaged);
            return null;
        }
    }

    private boolean serves(Set<String> addresses) {
        try {
            Set<String> listed = new TreeSet<>();
            for (List<?> name : certificate.getSubjectAlternativeNames()) {
                if (name.getFirst().equals(IP_ADDRESS)) {
                    listed.add(text(InetAddress.getByName(String.valueOf(name.get(1)))));
                }
            }
            return listed.containsAll(addresses)
                    && Instant.now()
                            .plus(LEFT)
                            .isBefore(certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException | IOException odd) {
            log.log(Level.FINE, "A certificate of another kind is replaced", odd);
            return false;
        }
    }

    /** Those at which browsers reach this machine, itself included. */
    private static Set<String> addresses() throws IOException {
        Set<String> found = new TreeSet<>();
        for (NetworkInterface network : (Iterable<NetworkInterface>) NetworkInterface.networkInterfaces()::iterator) {
            if (network.isUp()) {
                network.inetAddresses()
                        .filter(address -> !address.isLinkLocalAddress() && found.size() < MOST_ADDRESSES)
                        .forEach(address -> found.add(text(address)));
            }
        }
        return found;
    }

    private static String text(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "").toLowerCase(Locale.ROOT);
    }
}
