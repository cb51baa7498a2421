package dev.peerhost.serverpeer;

/** Which channels speak {@code peerhost.1} (docs/protocol.md): those that say so, and whose messages keep their order. */
final class WireProtocol {

    private static final String NAME = "peerhost.1";

    private WireProtocol() {}

    /** Whether a data channel speaks it; whatever else it is called, its messages are passed on as they are. */
    static boolean isSpokenOn(NativeDataChannel channel) {
        String protocol = channel.protocol();
        return (protocol.equals(NAME) || protocol.startsWith(NAME + ";"))
                && channel.isReliable()
                && channel.options().ordered();
    }

    /** What of the protocol on the wire is the application's, perhaps nothing. */
    static String ofApplication(String protocol) {
        return protocol.equals(NAME) ? "" : protocol.substring(NAME.length() + 1);
    }
}
