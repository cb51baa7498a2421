package dev.peerhost.delivery;

import dev.peerhost.channel.ChannelMessage;
import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message that has come as a whole, in its frames; whoever wants it puts it together, once.
 *
 * @param size in bytes
 * @param number of its last frame, for {@link Delivery#handled}
 */
public record Incoming(boolean text, int size, List<byte[]> frames, long number) {

    /** The message itself, which takes a copy. */
    public ChannelMessage message() {
        int header = frames.size() == 1 ? 1 : Frame.FIRST_HEADER;
        if (text && frames.size() == 1) {
            return new Text(new String(frames.getFirst(), header, size, StandardCharsets.UTF_8));
        }
        byte[] bytes = new byte[size];
        int offset = 0;
        for (byte[] frame : frames) {
            int length = frame.length - header;
            System.arraycopy(frame, header, bytes, offset, length);
            offset += length;
            header = 1;
        }
        return text ? Text.decode(bytes) : new Binary(bytes);
    }
}
