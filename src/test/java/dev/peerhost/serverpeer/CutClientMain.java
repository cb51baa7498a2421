package dev.peerhost.serverpeer;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Text;
import dev.peerhost.room.IceCandidate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A browser in a process that signals through its pipes as {@link CutServerMain} does. It sends 0, 1, 2 … on one
 * channel, ten a second, and prints {@code echo NUMBER MILLISECONDS-OF-THE-DAY} for each that comes back. With the
 * argument {@code restart} it restarts ICE whenever the connection fails. When a line says {@code stop} it sends no more
 * and prints {@code sent COUNT}.
 */
final class CutClientMain {

    private static final long PAUSE = 100;
    private static final String FAILED = "failed";
    private static final String STOP = "stop";

    private CutClientMain() {}

    public static void main(String[] arguments) throws Exception {
        boolean restarts = arguments.length > 0;
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        Browser browser = new Browser(state -> {
            if (state == RTCPeerConnectionState.FAILED) {
                events.add(FAILED);
            }
        });
        BrowserChannel channel = browser.channel("echo");
        Thread.ofPlatform().daemon().start(() -> read(events));
        System.out.println(CutServerMain.line("offer", browser.offer()));
        Thread echoes = Thread.ofPlatform().daemon().start(() -> printEchoes(channel));
        Thread sender = Thread.ofPlatform().daemon().start(() -> send(channel));
        for (String event = events.take(); !event.equals(STOP); event = events.take()) {
            if (event.equals(FAILED)) {
                if (restarts) {
                    System.out.println(CutServerMain.line("offer", browser.restartIce()));
                }
            } else if (event.startsWith("answer ")) {
                browser.accept(CutServerMain.decode(event));
            } else {
                browser.add(new IceCandidate(CutServerMain.decode(event), "0", 0, null));
            }
        }
        sender.interrupt();
        sender.join();
        // Until the test has seen all echoes and ends the process.
        echoes.join();
    }

    private static void send(BrowserChannel channel) {
        int count = 0;
        try {
            channel.awaitOpen();
            while (true) {
                channel.send(new Text(String.valueOf(count++)));
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException stopped) {
            System.out.println("sent " + count);
        } catch (Exception failed) {
            System.out.println("failed " + failed);
        }
    }

    private static void printEchoes(BrowserChannel channel) {
        try {
            while (true) {
                ChannelMessage echo = channel.take();
                System.out.printf(
                        "echo %s %d%n", new String(echo.bytes(), StandardCharsets.UTF_8), System.currentTimeMillis());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void read(BlockingQueue<String> events) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            input.lines().forEach(events::add);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
