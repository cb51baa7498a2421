package dev.peerhost.serverpeer;

import dev.peerhost.channel.ChannelLabel;
import org.jspecify.annotations.Nullable;

/** What stays the same of a channel: what it is called, and whom it leads to. */
abstract class LinkedChannel implements HandledChannel {

    private final LinkId link;
    private final ChannelLabel label;
    private final String protocol;
    private final ChannelCounts counts = new ChannelCounts();

    LinkedChannel(LinkId link, ChannelLabel label, String protocol) {
        this.link = link;
        this.label = label;
        this.protocol = protocol;
    }

    @Override
    public final ChannelLabel label() {
        return label;
    }

    @Override
    public final String protocol() {
        return protocol;
    }

    @Override
    public final String peer() {
        return link.peer();
    }

    @Override
    public final @Nullable String room() {
        return link.room();
    }

    /** By which connection it came. */
    final LinkId link() {
        return link;
    }

    /** What has gone over it. */
    final ChannelCounts counts() {
        return counts;
    }

    /** As it stands in the log. */
    @Override
    public final String toString() {
        return "channel %s of %s".formatted(label, link);
    }
}
