package dev.peerhost.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes each message on to every other hub channel of the same room. A channel that came over HTTP is in no room and
 * names one: {@code hub?room=R}.
 *
 * <p>A reader that is slower than the sender holds the sender up, for 5 s at most; then its channel is closed.
 */
final class Hub implements ChannelHandler {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, Set<Channel>> rooms = new ConcurrentHashMap<>();

    @Override
    public String label() {
        return "hub";
    }

    @Override
    public void open(Channel channel) {
        String room = room(channel);
        if (room == null) {
            Replies.refuse(
                    channel,
                    "over HTTP it must be hub?room=R, where R has 1 to 64 of the characters A-Z a-z 0-9 _ and -");
            return;
        }
        rooms.compute(room, (key, members) -> {
            Set<Channel> present = members == null ? ConcurrentHashMap.newKeySet() : members;
            present.add(channel);
            return present;
        });
    }

    @Override
    public void message(Channel channel, ChannelMessage message) throws InterruptedException {
        String room = room(channel);
        if (room == null) {
            return;
        }
        List<Channel> slow = new ArrayList<>();
        for (Channel member : rooms.getOrDefault(room, Set.of())) {
            if (!member.equals(channel) && !passed(member, message)) {
                slow.add(member);
            }
        }
        // All slow readers share one deadline, so that many of them hold the sender up no longer than one.
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Channel member : slow) {
            do {
                Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
                if (!member.awaitWritable(left)) {
                    Replies.refuse(member, "it read too slowly for its room for %d s".formatted(PATIENCE.toSeconds()));
                    break;
                }
            } while (!passed(member, message));
        }
    }

    @Override
    public void close(Channel channel) {
        String room = room(channel);
        if (room != null) {
            rooms.computeIfPresent(room, (key, members) -> {
                members.remove(channel);
                return members.isEmpty() ? null : members;
            });
        }
    }

    private static boolean passed(Channel member, ChannelMessage message) {
        return switch (member.send(message)) {
            case ACCEPTED, CLOSED -> true;
            case WOULD_BLOCK -> false;
            case TOO_LARGE -> {
                Replies.refuse(
                        member, "a message of %,d bytes is more than it takes".formatted(message.bytes().length));
                yield true;
            }
        };
    }

    private static @Nullable String room(Channel channel) {
        String named = channel.room() != null ? channel.room() : channel.label().parameter("room");
        return named != null && ROOM.matcher(named).matches() ? named : null;
    }
}
