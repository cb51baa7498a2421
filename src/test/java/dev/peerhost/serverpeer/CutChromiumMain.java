package dev.peerhost.serverpeer;

import dev.peerhost.browser.Chromium;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Chromium in a process that does as {@link CutClientMain} does, signaling by HTTP. Its arguments are the server's URL, and
 * whether it restarts ICE whenever the connection fails; it ends with its input.
 */
final class CutChromiumMain {

    private static final String STOP = "stop";
    private static final String END = "end";

    /** How often the page is asked for what has come, in milliseconds; it has noted when. */
    private static final long PAUSE = 50;

    private static final String CONNECT = """
            const [restarts, done] = arguments;
            (async () => {
              const connection = new RTCPeerConnection();
              const channel = connection.createDataChannel('echo');
              Object.assign(window, { echoes: [], sent: 0 });
              channel.onmessage = ({ data }) => echoes.push(`echo ${data} ${Date.now()}`);
              const opened = new Promise((resolve) => channel.onopen = resolve);
              const negotiate = async (url, method, headers) => {
                headers['content-type'] = 'application/sdp';
                const response = await fetch(url, { method, headers, body: connection.localDescription.sdp });
                if (!response.ok) throw new Error(await response.text());
                await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() });
                return response.headers.get('location');
              };
              await connection.setLocalDescription();
              const location = await negotiate('/__/peerhost/offer', 'POST', {});
              connection.onconnectionstatechange = async () => {
                if (restarts && connection.connectionState === 'failed') {
                  await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
                  await negotiate(location, 'PATCH', { 'if-match': '*' });
                }
              };
              await opened;
              window.timer = setInterval(() => channel.send(sent++), 100);
              done('ok');
            })().catch((error) => done(String(error)));
            """;

    private CutChromiumMain() {}

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<String> orders = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> read(orders));
        try (Chromium window = Chromium.open(arguments[0] + "/__/peerhost/health")) {
            window.driver().manage().timeouts().scriptTimeout(Chromium.PATIENCE);
            Object outcome = window.driver().executeAsyncScript(CONNECT, Boolean.valueOf(arguments[1]));
            if (!"ok".equals(outcome)) {
                throw new IllegalStateException("the page could not connect: " + outcome);
            }
            for (@Nullable String order = null; !END.equals(order); order = orders.poll(PAUSE, TimeUnit.MILLISECONDS)) {
                ((List<?>) window.driver().executeScript("return echoes.splice(0)")).forEach(System.out::println);
                if (STOP.equals(order)) {
                    System.out.println(
                            "sent " + window.driver().executeScript("clearInterval(window.timer); return sent"));
                }
            }
        }
    }

    private static void read(BlockingQueue<String> orders) {
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            input.lines().forEach(orders::add);
        } catch (IOException broken) {
            System.out.println(broken);
        }
        orders.add(END);
    }
}
