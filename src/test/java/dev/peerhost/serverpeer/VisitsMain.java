package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelMessage.Text;

/**
 * A process in which browsers come, talk and go, for what only a process of its own shows: memory, and a crash.
 * Arguments: the mode of {@link NativeRelease}, how many visits are a warm-up, how many are counted. Prints a
 * {@link Footprint} before those and one after.
 */
final class VisitsMain {

    private static final Text HELLO = new Text("hello");

    private VisitsMain() {}

    public static void main(String[] arguments) throws Exception {
        NativeRelease release = NativeRelease.choose(NativeRelease.Mode.valueOf(arguments[0]));
        try (Host host = new Host(release, Host.WITHOUT_ROTATION, 10)) {
            visit(host, Integer.parseInt(arguments[1]));
            System.out.println(Footprint.now());
            visit(host, Integer.parseInt(arguments[2]));
            System.out.println(Footprint.now());
        }
        Browser.disposeFactory();
    }

    private static void visit(Host host, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Visitor visitor = new Visitor(host.rooms, "R");
            try (Browser browser = new Browser()) {
                BrowserChannel channel = browser.channel("echo");
                visitor.connect(browser);
                channel.awaitOpen().send(HELLO);
                if (!channel.receive().equals(HELLO)) {
                    throw new AssertionError("no echo on visit " + i);
                }
            }
            visitor.leave();
            host.awaitLinks(0);
        }
    }
}
