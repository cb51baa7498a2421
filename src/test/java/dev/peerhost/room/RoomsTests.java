package dev.peerhost.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.peerhost.room.Presence.Joined;
import dev.peerhost.room.Presence.Left;
import dev.peerhost.room.Presence.Reason;
import dev.peerhost.room.Presence.Roster;
import dev.peerhost.room.Rejection.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomsTests {

    private static final RoomId ROOM = new RoomId("demo");

    private final Rooms rooms = new Rooms(3, List.of());
    private final RecordingPeer ada = new RecordingPeer("ada");
    private final RecordingPeer bob = new RecordingPeer("bob");

    @Test
    void aNewcomerGetsTheRosterAndTheOthersHearOfIt() {
        join(ada);
        join(bob);

        assertThat(ada.received()).containsExactly(new Roster(ROOM, ada.id(), List.of()), new Joined(ROOM, bob.info()));
        assertThat(bob.received()).containsExactly(new Roster(ROOM, bob.id(), List.of(ada.info())));
    }

    @Test
    void aSignalReachesItsReceiverAlone() {
        RecordingPeer eve = new RecordingPeer("eve");
        join(ada);
        join(bob);
        join(eve);
        Signal.Offer offer = new Signal.Offer(ROOM, ada.id(), bob.id(), "v=0");

        rooms.require(ROOM).route(offer);

        assertThat(bob.received()).last().isEqualTo(offer);
        assertThat(Stream.of(ada, eve).flatMap(peer -> peer.received().stream()))
                .doesNotContain(offer);
    }

    @Test
    void whoLeavesIsSeenToLeaveAndCannotSignalAnyMore() {
        join(ada);
        join(bob);
        Room room = rooms.require(ROOM);

        rooms.leave(ROOM, bob.id(), Reason.LOST);

        assertThat(ada.received()).last().isEqualTo(new Left(ROOM, bob.id(), Reason.LOST));
        assertRejected(Code.NOT_IN_ROOM, () -> room.route(new Signal.Answer(ROOM, bob.id(), ada.id(), "v=0")));
        assertRejected(Code.UNKNOWN_PEER, () -> room.route(new Signal.Answer(ROOM, ada.id(), bob.id(), "v=0")));
    }

    @Test
    void theServerWithoutItsPeerSaysSo() {
        join(ada);

        assertRejected(
                Code.SERVER_PEER_UNAVAILABLE,
                () -> rooms.require(ROOM).route(new Signal.Offer(ROOM, ada.id(), PeerId.SERVER, "v=0")));
    }

    @Test
    void joiningTwiceOrAFullRoomIsRefusedAndHurtsNobody() {
        join(ada);
        join(bob);
        join(new RecordingPeer("cleo"));
        RecordingPeer late = new RecordingPeer("late");

        assertRejected(Code.ALREADY_IN_ROOM, () -> join(ada));
        assertRejected(Code.ROOM_FULL, () -> join(late));

        assertThat(late.received()).isEmpty();
        assertThat(ada.received()).hasSize(3);
    }

    @Test
    void aRoomClosesWithItsLastBrowserAndAResidentDoesNotKeepItOpen() {
        List<String> events = new ArrayList<>();
        RecordingPeer server = new RecordingPeer("server");
        Rooms hosted = new Rooms(1, List.of(new RoomListener() {
            @Override
            public void opened(Room room) {
                events.add("opened " + room.id());
                room.join(server, new PeerInfo(server.id(), "server", PeerInfo.Kind.SERVER));
            }

            @Override
            public void closed(Room room) {
                events.add("closed " + room.id());
            }
        }));

        hosted.join(ROOM, ada, ada.info());
        hosted.leave(ROOM, ada.id(), Reason.LEFT);

        assertThat(events).containsExactly("opened demo", "closed demo");
        assertThat(hosted.size()).isZero();
        assertThat(ada.received())
                .containsExactly(new Roster(
                        ROOM, ada.id(), List.of(new PeerInfo(PeerId.SERVER, "server", PeerInfo.Kind.SERVER))));
        assertRejected(Code.NOT_IN_ROOM, () -> hosted.require(ROOM));
    }

    @Test
    void manyThatComeAndGoAtOnceLeaveNothingBehind() throws Exception {
        int peers = 8;
        int rounds = 500;
        Rooms shared = new Rooms(peers, List.of());
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> visits = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < peers; i++) {
                RecordingPeer peer = new RecordingPeer("peer-" + i);
                visits.add(threads.submit(() -> {
                    start.await();
                    for (int round = 0; round < rounds; round++) {
                        shared.join(ROOM, peer, peer.info());
                        shared.leave(ROOM, peer.id(), Reason.LEFT);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> visit : visits) {
                visit.get(30, TimeUnit.SECONDS);
            }
        }
        assertThat(shared.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "a.b", "ä", "x\n"})
    void otherCharactersMakeNoRoomAndNoPeer(String name) {
        assertRejected(Code.BAD_ROOM, () -> new RoomId(name));
        assertRejected(Code.UNKNOWN_PEER, () -> new PeerId(name));
    }

    @Test
    void namesHaveAtMost64Characters() {
        assertThat(new RoomId("x".repeat(64)).value()).hasSize(64);
        assertRejected(Code.BAD_ROOM, () -> new RoomId("x".repeat(65)));
        assertThat(new PeerInfo(ada.id(), "\uD83D\uDE00".repeat(64), PeerInfo.Kind.BROWSER).name())
                .hasSize(128);
        for (String name : List.of("", "  ", "x".repeat(65), "a\u0000b", "line\nbreak")) {
            assertRejected(Code.BAD_BODY, () -> new PeerInfo(ada.id(), name, PeerInfo.Kind.BROWSER));
        }
    }

    @Test
    void randomIdsAre128BitsInBase64Url() {
        assertThat(Stream.generate(PeerId::random).limit(1000).map(PeerId::value))
                .allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"))
                .doesNotHaveDuplicates();
    }

    private void join(RecordingPeer peer) {
        rooms.join(ROOM, peer, peer.info());
    }

    private static void assertRejected(Code code, ThrowingCallable call) {
        assertThatExceptionOfType(Rejection.class).isThrownBy(call).satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo(code);
            assertThat(rejection.sentence()).endsWith(".");
        });
    }
}
