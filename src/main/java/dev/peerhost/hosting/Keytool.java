package dev.peerhost.hosting;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The JDK's own tool for keys and certificates, which every Java runtime brings along. */
final class Keytool {

    private static final int SECONDS = 60;

    private Keytool() {}

    /**
     * Makes a key with a certificate of its own.
     *
     * @param file of the kind PKCS #12, which only its owner may read; it is replaced at once and whole
     * @param days how long it is valid
     * @param names what the certificate is for, as {@code dns:localhost} or {@code ip:192.0.2.7}
     * @throws IOException when the file cannot be written
     * @throws UnusableCertificateException when the tool fails
     */
    static void generate(Path file, String alias, String password, int days, List<String> names) throws IOException {
        Path folder = Objects.requireNonNull(file.getParent());
        Files.createDirectories(folder);
        Path fresh = Files.createTempDirectory(folder, "new-");
        try {
            run(fresh.resolve("https.p12"), alias, password, days, names);
            if (fresh.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(fresh.resolve("https.p12"), PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(fresh.resolve("https.p12"), file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh.resolve("https.p12"));
            Files.delete(fresh);
        }
    }

    private static void run(Path file, String alias, String password, int days, List<String> names) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        tool.toString(),
                        "-genkeypair",
                        "-alias",
                        alias,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=Peerhost",
                        "-validity",
                        Integer.toString(days),
                        "-ext",
                        "SAN=" + String.join(",", names),
                        "-ext",
                        "KU=digitalSignature",
                        "-ext",
                        "EKU=serverAuth",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new UnusableCertificateException(
                        "The certificate for --https could not be made: keytool of this Java says \"%s\"."
                                .formatted(said.strip().replaceAll("\\s*\\R\\s*", " ")));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UnusableCertificateException(
                    "The certificate for --https was not made: the start was interrupted.");
        } finally {
            process.destroyForcibly();
        }
    }
}
