package dev.peerhost.serverpeer;

import dev.peerhost.room.IceCandidate;
import dev.peerhost.room.PeerId;
import dev.peerhost.room.Signal;
import dev.peerhost.serverpeer.network.Announcement;
import dev.peerhost.serverpeer.network.CandidateRule;
import dev.peerhost.serverpeer.network.Network;
import dev.peerhost.serverpeer.sdp.RemoteCandidates;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A process whose server's own peer gets hostile offers, for what only a network of its own shows. For each argument, a
 * value of {@code peerhost.peer.remote-candidates}, it answers 15 offers with 300 candidates in the SDP and 300 trickled,
 * lets ICE check them for a while, prints the value, and goes on when a line is read.
 */
final class HostileOffersMain {

    private static final int OFFERS = 15;
    private static final int CANDIDATES = 300;

    /** ICE sends a check every 50 ms (RFC 8445 section 14.2). */
    private static final long LONG_ENOUGH_TO_CHECK = 2000;

    private HostileOffersMain() {}

    public static void main(String[] rules) throws Exception {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String rule : rules) {
            Network network = new Network(List.of(CandidateRule.of(rule)), null, new Announcement(List.of(), null));
            List<Browser> browsers = new ArrayList<>();
            try (Host host = new Host(network, OFFERS)) {
                for (int i = 0; i < OFFERS; i++) {
                    browsers.add(offer(new Visitor(host.rooms, "R"), i));
                }
                Thread.sleep(LONG_ENOUGH_TO_CHECK);
                System.out.println(rule);
                input.readLine();
            }
            browsers.forEach(Browser::close);
        }
        Browser.disposeFactory();
    }

    private static Browser offer(Visitor visitor, int number) throws Exception {
        // Of each offer other ones are the first 20, and so those that a server that allows them would use.
        List<String> candidates = new ArrayList<>(HostileCandidates.candidates(CANDIDATES));
        Collections.rotate(candidates, -number * RemoteCandidates.MOST);
        Browser browser = new Browser();
        browser.channel("echo");
        String inSdp = candidates.stream()
                .filter(line -> line.chars().allMatch(character -> character >= ' ' && character < 0x7f))
                .map(line -> "a=" + line + "\r\n")
                .collect(Collectors.joining());
        // Even numbers have them in the SDP, where the default destination is hostile as well.
        visitor.offer(
                number % 2 == 1
                        ? browser.offer()
                        : browser.offer()
                                .replace("c=IN IP4 0.0.0.0", "c=IN IP4 10.9.9.9")
                                .replace("m=application 9 ", "m=application 7000 ")
                                .concat(inSdp));
        visitor.next(Signal.Answer.class);
        for (String candidate : candidates) {
            visitor.send(new Signal.Candidate(
                    visitor.room(), visitor.id(), PeerId.SERVER, new IceCandidate(candidate, "0", 0, null)));
        }
        return browser;
    }
}
