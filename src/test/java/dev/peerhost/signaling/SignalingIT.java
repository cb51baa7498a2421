package dev.peerhost.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.signaling.StompClient.Frame;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The protocol of docs/protocol.md against the real port, with a plain STOMP client. */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.room.capacity=3", "peerhost.signaling.rooms-per-session=2"})
class SignalingIT {

    private static final String OFFER = "{\"to\":\"%s\",\"sdp\":\"v=0\\r\\n\"}";

    @LocalServerPort
    private int port;

    private static int rooms;

    /** A room that no other test uses. */
    private final String room = "room-" + ++rooms;

    @Test
    void welcomeNamesThePeerWithoutANumber() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send("CONNECT\naccept-version:1.1,1.2\nhost:localhost\nheart-beat:10000,20000\n\n");
            Frame connected = client.frame();
            assertThat(connected.command()).isEqualTo("CONNECTED");
            assertThat(connected.headers()).containsEntry("version", "1.2").containsEntry("heart-beat", "10000,10000");

            client.send("SUBSCRIBE\nid:a\\cb\ndestination:/user/queue/room\nreceipt:r-1\n\n");
            Frame welcome = client.frame();
            assertThat(welcome.headers())
                    .containsEntry("subscription", "a\\cb")
                    .containsEntry("destination", "/user/queue/room")
                    .containsEntry("content-type", "application/json");
            JsonNode body = JsonMapper.shared().readTree(welcome.body());
            assertThat(body.propertyNames()).containsExactly("type", "self", "resume", "resumed");
            assertThat(body.path("self").stringValue()).matches("[A-Za-z0-9_-]{22}");
            assertThat(body.path("resume").stringValue()).matches("[A-Za-z0-9_-]{22,}");
            assertThat(body.path("resumed").booleanValue()).isFalse();
            assertThat(client.frame().headers()).containsEntry("receipt-id", "r-1");
        }
    }

    @Test
    void anUnknownResumeTokenGivesANewPeer() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\nresume:no-such-token\nlast-seq:7\n\n");
            client.frame();
            client.send("SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n");
            assertThat(client.message("welcome").path("resumed").booleanValue()).isFalse();
        }
    }

    @Test
    void aRoomFromJoinToLeave() throws Exception {
        try (StompClient ada = StompClient.connect(port);
                StompClient bob = StompClient.connect(port)) {
            ada.say(room, "join", "{\"name\":\"Ada\",\"from\":\"forged\"}");
            JsonNode roster = ada.message("roster");
            assertThat(roster.path("room").stringValue()).isEqualTo(room);
            assertThat(roster.path("self").stringValue()).isEqualTo(ada.self());
            assertThat(roster.path("seq").intValue()).isEqualTo(1);
            assertThat(browsers(roster)).isEmpty();

            bob.say(room, "join", "");
            JsonNode present = bob.message("roster");
            assertThat(browsers(present)).singleElement().satisfies(peer -> {
                assertThat(peer.path("id").stringValue()).isEqualTo(ada.self());
                assertThat(peer.path("name").stringValue()).isEqualTo("Ada");
                assertThat(peer.path("kind").stringValue()).isEqualTo("browser");
            });
            JsonNode joined = ada.message("joined");
            assertThat(joined.path("peer").path("id").stringValue()).isEqualTo(bob.self());
            assertThat(joined.path("peer").path("name").isNull()).isTrue();
            assertThat(joined.path("seq").intValue()).isEqualTo(2);

            bob.say(room, "offer", "{\"to\":\"%s\",\"sdp\":\"v=0\\r\\n\",\"from\":\"forged\"}".formatted(ada.self()));
            JsonNode offer = ada.message("offer");
            assertThat(offer.propertyNames()).containsExactlyInAnyOrder("type", "room", "from", "sdp", "seq");
            assertThat(offer.path("from").stringValue()).isEqualTo(bob.self());
            assertThat(offer.path("sdp").stringValue()).isEqualTo("v=0\r\n");

            ada.say(room, "answer", OFFER.formatted(bob.self()));
            assertThat(bob.message("answer").path("from").stringValue()).isEqualTo(ada.self());

            bob.say(room, "leave", "{}");
            JsonNode left = ada.message("left");
            assertThat(left.path("peer").stringValue()).isEqualTo(bob.self());
            assertThat(left.path("reason").stringValue()).isEqualTo("left");
            ada.assertQuiet();
        }
    }

    @Test
    void candidatesArriveAsTheyWereSent() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            String whole = "{\"candidate\":\"candidate:1 1 udp 1 192.0.2.1 9 typ host\",\"sdpMid\":\"0\","
                    + "\"sdpMLineIndex\":0,\"usernameFragment\":\"abcd\"}";
            String short_ = "{\"candidate\":\"\",\"sdpMid\":\"0\"}";
            for (String candidate : new String[] {whole, short_, "null"}) {
                bob.say(room, "candidate", "{\"to\":\"%s\",\"candidate\":%s}".formatted(ada.self(), candidate));
                assertThat(ada.message("candidate").get("candidate").toString()).isEqualTo(candidate);
            }
        }
    }

    @RepeatedTest(100)
    void anOfferAndItsCandidatesArriveInOrder() throws Exception {
        int candidates = 200;
        String busy = room + "-order";
        try (StompClient ada = StompClient.join(port, busy, "Ada");
                StompClient bob = StompClient.join(port, busy, "Bob")) {
            ada.message("joined");
            bob.say(busy, "offer", OFFER.formatted(ada.self()));
            for (int i = 0; i < candidates; i++) {
                bob.say(
                        busy,
                        "candidate",
                        "{\"to\":\"%s\",\"candidate\":{\"candidate\":\"%d\",\"sdpMid\":\"0\"}}"
                                .formatted(ada.self(), i));
            }
            int first = ada.message("offer").path("seq").intValue();
            for (int i = 0; i < candidates; i++) {
                JsonNode candidate = ada.message("candidate");
                assertThat(candidate.path("candidate").path("candidate").stringValue())
                        .isEqualTo("" + i);
                assertThat(candidate.path("seq").intValue()).isEqualTo(first + 1 + i);
            }
        }
    }

    static Stream<Arguments> refusals() {
        String big = "x".repeat(33 * 1024);
        return Stream.of(
                Arguments.of("UNKNOWN_DESTINATION", "/app/nothing", "{}"),
                Arguments.of("UNKNOWN_DESTINATION", "/topic/room", "{}"),
                Arguments.of("UNKNOWN_DESTINATION", "/user/queue/room", "{}"),
                Arguments.of("UNKNOWN_DESTINATION", "/app/rooms/ROOM/dance", "{}"),
                Arguments.of("UNKNOWN_DESTINATION", "/app/rooms/a/b/join", "{}"),
                Arguments.of("UNKNOWN_DESTINATION", "/app/rooms/", "{}"),
                Arguments.of("BAD_ROOM", "/app/rooms//join", "{}"),
                Arguments.of("BAD_ROOM", "/app/rooms/a.b/join", "{}"),
                Arguments.of("BAD_ROOM", "/app/rooms/" + "r".repeat(65) + "/join", "{}"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/offer", "no json"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/offer", "[1]"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/offer", "{\"to\":\"SELF\"}"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/offer", "{\"to\":5,\"sdp\":\"v=0\"}"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/answer", "{\"to\":\"SELF\",\"sdp\":\" \"}"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/candidate", "{\"to\":\"SELF\"}"),
                Arguments.of("BAD_BODY", "/app/rooms/ROOM/candidate", "{\"to\":\"SELF\",\"candidate\":\"x\"}"),
                Arguments.of(
                        "BAD_BODY",
                        "/app/rooms/ROOM/candidate",
                        "{\"to\":\"SELF\",\"candidate\":{\"candidate\":\"x\",\"sdpMLineIndex\":-1}}"),
                Arguments.of("BAD_BODY", "/app/rooms/other/join", "{\"name\":\"" + "n".repeat(65) + "\"}"),
                Arguments.of("BAD_BODY", "/app/rooms/other/join", "{\"name\":\"\"}"),
                Arguments.of("TOO_LARGE", "/app/rooms/ROOM/offer", "{\"to\":\"SELF\",\"sdp\":\"" + big + "\"}"),
                Arguments.of("TOO_LARGE", "/app/rooms/ROOM/offer", "{\"pad\":\"" + big + big + "\"}"),
                Arguments.of(
                        "TOO_LARGE",
                        "/app/rooms/ROOM/candidate",
                        "{\"to\":\"SELF\",\"candidate\":{\"candidate\":\"" + big + "\",\"sdpMid\":\"0\"}}"),
                Arguments.of("NOT_IN_ROOM", "/app/rooms/elsewhere/leave", "{}"),
                Arguments.of("NOT_IN_ROOM", "/app/rooms/elsewhere/offer", "{\"to\":\"SELF\",\"sdp\":\"v=0\"}"),
                Arguments.of("ALREADY_IN_ROOM", "/app/rooms/ROOM/join", "{}"),
                Arguments.of("UNKNOWN_PEER", "/app/rooms/ROOM/offer", "{\"to\":\"nobody\",\"sdp\":\"v=0\"}"),
                Arguments.of("UNKNOWN_PEER", "/app/rooms/ROOM/offer", "{\"to\":\"not an id\",\"sdp\":\"v=0\"}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalCostsOnlyThatMessageAndOnlyItsSenderHears(String code, String destination, String body)
            throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            String to = destination.replace("ROOM", room);

            ada.send("SEND\ndestination:" + to + "\nreceipt:r\n\n" + body.replace("SELF", ada.self()));

            JsonNode rejected = ada.message("rejected");
            assertThat(rejected.path("code").stringValue()).isEqualTo(code);
            assertThat(rejected.path("destination").stringValue()).isEqualTo(to);
            assertThat(rejected.path("message").stringValue()).matches("[\"A-Z].{20,}\\.");
            assertThat(rejected.path("seq").isInt()).isTrue();
            assertThat(ada.frame().headers()).containsEntry("receipt-id", "r");
            bob.assertQuiet();
            ada.say(room, "offer", OFFER.formatted(bob.self()));
            bob.message("offer");
        }
    }

    @Test
    void fullRoomsAndTooManyRoomsAreRefused() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob");
                StompClient cleo = StompClient.join(port, room, "Cleo");
                StompClient dan = StompClient.connect(port)) {
            dan.say(room, "join", "{}");
            assertThat(dan.message("rejected").path("code").stringValue()).isEqualTo("ROOM_FULL");

            ada.message("joined");
            ada.message("joined");
            ada.say(room + "-2", "join", "{}");
            ada.message("roster");
            ada.say(room + "-3", "join", "{}");
            assertThat(ada.message("rejected").path("code").stringValue()).isEqualTo("TOO_MANY_ROOMS");

            cleo.say(room, "leave", "{}");
            ada.message("left");
            dan.say(room, "join", "{}");
            assertThat(browsers(dan.message("roster"))).hasSize(2);
            bob.message("joined");
        }
    }

    @Test
    void aSocketThatEndsIsLostAfterFifteenSecondsAndADisconnectLeavesAtOnce() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob");
                StompClient cleo = StompClient.join(port, room, "Cleo")) {
            ada.message("joined");
            ada.message("joined");

            long torn = System.nanoTime();
            bob.abort();
            ada.assertQuietFor(Duration.ofSeconds(8));
            ada.assertQuiet();
            ada.assertLeft(bob, "lost");
            assertThat(Duration.ofNanos(System.nanoTime() - torn))
                    .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(17));

            cleo.message("left");
            cleo.send("DISCONNECT\n\n");
            ada.assertLeft(cleo, "left");
            assertThat(cleo.closeStatus()).isEqualTo(1000);
        }
    }

    @Test
    void aDisconnectWithAReceiptIsConfirmed() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada")) {
            ada.send("DISCONNECT\nreceipt:bye\n\n");
            Frame receipt = ada.frame();
            assertThat(receipt.command()).isEqualTo("RECEIPT");
            assertThat(receipt.headers()).containsEntry("receipt-id", "bye");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSCRIBE\nid:0\ndestination:/topic/all\n\n",
                "SUBSCRIBE\nid:0\ndestination:/user/queue/other\n\n",
                "SUBSCRIBE\ndestination:/user/queue/room\n\n",
                "SEND\ndestination:/app/rooms/demo/join\n\n{}",
                "BEGIN\ntransaction:t\n\n",
                "CONNECT\naccept-version:1.2\nhost:localhost\n\n",
                "NONSENSE\n\n"
            })
    void afterAFrameThatTheProtocolForbidsTheSessionEndsWithASentence(String frame) throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send("CONNECT\naccept-version:1.2\nhost:localhost\n\n");
            client.frame();

            client.send(frame);

            assertEndsWithSentence(client);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SEND\ndestination:/app/rooms/demo/join\n\n{}",
                "SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n",
                "CONNECT\naccept-version:1.0,1.1\nhost:localhost\n\n",
                "CONNECT\nhost:localhost\n\n"
            })
    void theFirstFrameIsAConnectForVersion12(String frame) throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send(frame);
            assertEndsWithSentence(client);
        }
    }

    @Test
    void aFrameOver256KiBEndsTheSessionWithASentence() throws Exception {
        try (StompClient client = StompClient.connect(port)) {
            client.send("SEND\ndestination:/app/rooms/demo/join\n\n" + "x".repeat(300 * 1024));
            assertEndsWithSentence(client);
        }
    }

    @Test
    void whoUnsubscribesHasToSubscribeAgain() throws Exception {
        try (StompClient client = StompClient.connect(port)) {
            client.send("UNSUBSCRIBE\nid:s-1\nreceipt:r\n\n");
            assertThat(client.frame().command()).isEqualTo("RECEIPT");
            client.say(room, "join", "{}");
            assertEndsWithSentence(client);
        }
    }

    @Test
    void manyFramesInOneMessageAndOneFrameInManyAreTheSame(TestInfo info) throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            String frame = "SEND\ndestination:/app/rooms/" + room + "/offer\n\n" + OFFER.formatted(ada.self()) + "\0";
            bob.sendRaw(frame + "\n" + frame + frame);
            for (String piece : frame.split("(?<=\\G.{7})")) {
                bob.sendRaw(piece);
            }
            for (int i = 0; i < 4; i++) {
                assertThat(ada.message("offer").path("seq").intValue()).isEqualTo(3 + i);
            }
        }
    }

    @Test
    void subscribeMayFollowConnectAtOnce() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.sendRaw("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0"
                    + "SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n\0");
            assertThat(client.frame().command()).isEqualTo("CONNECTED");
            assertThat(client.message("welcome").path("resumed").booleanValue()).isFalse();
            client.say(room, "join", "{}");
            client.message("roster");
        }
    }

    @Test
    void aRefusedConnectGetsOneErrorWhateverFollowsIt() throws Exception {
        try (StompClient client = StompClient.open(port)) {
            client.send("CONNECT\naccept-version:1.1\nhost:localhost\n\n");
            client.send("SUBSCRIBE\nid:0\ndestination:/user/queue/room\n\n");
            client.say(room, "join", "{}");
            Frame error = client.frame();
            assertThat(error.command()).isEqualTo("ERROR");
            assertThat(error.body()).contains("accept-version:1.2");
            assertThat(client.closeStatus()).isEqualTo(1002);
            client.assertQuietFor(Duration.ZERO);
        }
    }

    @Test
    void aSendIsTheSameWithAnyHeaders() throws Exception {
        try (StompClient ada = StompClient.join(port, room, "Ada");
                StompClient bob = StompClient.join(port, room, "Bob")) {
            ada.message("joined");
            String body = OFFER.formatted(ada.self());
            String usual = "destination:/app/rooms/" + room + "/offer\n";
            for (String headers : new String[] {
                usual,
                usual + "content-length:" + body.length() + "\n",
                "content-type:application/json\n" + usual + "destination:/app/nothing\n",
                "x-other:1\n" + usual,
                usual.replace("\n", "\r\n")
            }) {
                bob.send("SEND\n" + headers + "\n" + body);
                assertThat(ada.message("offer").path("sdp").stringValue()).isEqualTo("v=0\r\n");
            }
        }
    }

    private static void assertEndsWithSentence(StompClient client) throws Exception {
        Frame error = client.frame();
        assertThat(error.command()).as(error.toString()).isEqualTo("ERROR");
        assertThat(error.headers().get("message")).matches("[A-Z].{10,}\\.").doesNotContain("Exception");
        assertThat(error.body()).matches("[A-Z].{10,}\\.");
        assertThat(client.closeStatus()).isEqualTo(1002);
    }

    private static Stream<JsonNode> browsers(JsonNode roster) {
        JsonNode peers = roster.path("peers");
        return IntStream.range(0, peers.size())
                .mapToObj(peers::get)
                .filter(peer -> !peer.path("id").stringValue().equals("server"));
    }
}
