package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.Peer;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.PeerInfo;
import dev.peerhost.room.RoomId;
import dev.peerhost.room.RoomMessage;
import dev.peerhost.room.Signal;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The server's own peer in a process that signals through its pipes, one {@code KIND BASE64} a line. */
final class CutServerMain {

    private CutServerMain() {}

    /** Prints how many links there are when a line says {@code links}, and ends with its input. */
    public static void main(String[] none) throws Exception {
        try (Host host = new Host(10);
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            RoomId room = new RoomId("R");
            Browser browser = new Browser(PeerId.random());
            host.rooms.join(room, browser, new PeerInfo(browser.id, null, PeerInfo.Kind.BROWSER));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.equals("links")) {
                    System.out.println("links " + host.links.size());
                } else {
                    host.rooms.require(room).route(new Signal.Offer(room, browser.id, PeerId.SERVER, decode(line)));
                }
            }
        }
    }

    static String line(String kind, String text) {
        return kind + " " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String line) {
        return new String(Base64.getDecoder().decode(line.split(" ", -1)[1]), StandardCharsets.UTF_8);
    }

    private record Browser(PeerId id) implements Peer {

        @Override
        public void deliver(RoomMessage message) {
            switch (message) {
                case Signal.Answer answer -> System.out.println(line("answer", answer.sdp()));
                case Signal.Candidate candidate -> {
                    IceCandidate ours = candidate.candidate();
                    if (ours != null) {
                        System.out.println(line("candidate", ours.candidate()));
                    }
                }
                default -> System.err.println(message);
            }
        }
    }
}
