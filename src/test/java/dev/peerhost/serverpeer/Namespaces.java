package dev.peerhost.serverpeer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two network namespaces joined by one cable and to nothing else (ip-netns(8), veth(4)): {@code here} sends to every
 * address through {@code there}. That takes root; otherwise the test is skipped and says why.
 */
final class Namespaces implements AutoCloseable {

    /** An address of here. */
    static final String HERE = "10.77.0.1";

    private static final long PATIENCE = 20;
    private static final Pattern PACKETS = Pattern.compile("packets ([0-9]+) bytes");

    private final String here;
    private final String there;

    Namespaces() throws IOException, InterruptedException {
        String name = "peerhost-" + ThreadLocalRandom.current().nextInt(0x10000, 0x1000000);
        here = name + "-a";
        there = name + "-b";
        assumeTrue(
                succeeds("ip", "netns", "add", here) && succeeds("nft", "--version"),
                "network namespaces take root, and ip and nft (bin/setup --tests installs iproute2 and nftables)");
        run("ip", "netns", "add", there);
        run("ip", "link", "add", "here", "netns", here, "type", "veth", "peer", "name", "there", "netns", there);
        up(here, "here", HERE + "/24", "fd77::1/64");
        up(there, "there", "10.77.0.2/24", "fd77::2/64");
        run("ip", "-n", here, "route", "add", "default", "via", "10.77.0.2");
        run("ip", "-n", here, "-6", "route", "add", "default", "via", "fd77::2");
        nft("add table inet watch");
        nft("add chain inet watch in { type filter hook prerouting priority -300; }");
        nft("add chain inet watch out { type filter hook output priority -300; }");
        nft("add rule inet watch in iifname there meta l4proto { tcp, udp } counter");
    }

    /** How many TCP and UDP packets have come from here to there, to whatever address. */
    long packets() throws IOException, InterruptedException {
        return counted("in");
    }

    /** Cuts the cable for UDP, both ways. */
    void cut() throws IOException, InterruptedException {
        nft("add rule inet watch out meta l4proto udp counter drop");
        nft("add rule inet watch in meta l4proto udp counter drop");
    }

    /**
     * Mends the cable.
     *
     * @return how many packets the cut has swallowed
     */
    long heal() throws IOException, InterruptedException {
        Matcher drops = Pattern.compile("packets ([0-9]+) bytes [0-9]+ drop").matcher(nft("list table inet watch"));
        long dropped = 0;
        while (drops.find()) {
            dropped += Long.parseLong(drops.group(1));
        }
        nft("flush table inet watch");
        return dropped;
    }

    /** What runs a command here, put before it. */
    List<String> here() {
        return List.of("ip", "netns", "exec", here);
    }

    /** Starts the main method of a class in a JVM that is here. */
    Process startHere(Path folder, Class<?> main, String... arguments) throws IOException {
        return start(here, folder, main, arguments);
    }

    /** Starts the main method of a class in a JVM that is there. */
    Process startThere(Path folder, Class<?> main, String... arguments) throws IOException {
        return start(there, folder, main, arguments);
    }

    @Override
    public void close() {
        succeeds("ip", "netns", "delete", here);
        succeeds("ip", "netns", "delete", there);
    }

    private static Process start(String namespace, Path folder, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "ip",
                "netns",
                "exec",
                namespace,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve(main.getSimpleName() + ".err").toFile())
                .start();
    }

    private static void up(String namespace, String device, String... addresses)
            throws IOException, InterruptedException {
        for (String address : addresses) {
            List<String> add =
                    new ArrayList<>(List.of("ip", "-n", namespace, "address", "add", address, "dev", device));
            if (address.contains(":")) {
                // Usable at once, without asking the network for a duplicate.
                add.add("nodad");
            }
            run(add.toArray(String[]::new));
        }
        run("ip", "-n", namespace, "link", "set", "lo", "up");
        run("ip", "-n", namespace, "link", "set", device, "up");
    }

    private long counted(String chain) throws IOException, InterruptedException {
        Matcher packets = PACKETS.matcher(nft("list chain inet watch " + chain));
        if (!packets.find()) {
            throw new IllegalStateException("nft shows no counter");
        }
        return Long.parseLong(packets.group(1));
    }

    private String nft(String command) throws IOException, InterruptedException {
        return run("ip", "netns", "exec", there, "nft", command);
    }

    private static boolean succeeds(String... command) {
        try {
            run(command);
            return true;
        } catch (IOException failed) {
            System.out.println(failed.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("%s: %s".formatted(String.join(" ", command), output.strip()));
        }
        return output;
    }
}
