package dev.peerhost.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.channel.ChannelMessage.Binary;
import dev.peerhost.channel.ChannelMessage.Text;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ChannelMessageTests {

    @Test
    void aSlicedBufferGivesWhatItHasLeft() {
        ByteBuffer direct = ByteBuffer.allocateDirect(8).put(new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        direct.position(2).limit(5);
        ByteBuffer heap = ByteBuffer.wrap(new byte[] {9, 0, 1, 2, 3, 4}, 1, 5)
                .slice()
                .position(2)
                .limit(5);

        assertThat(Binary.copyOf(direct)).isEqualTo(new Binary(new byte[] {2, 3, 4}));
        assertThat(Binary.copyOf(heap)).isEqualTo(new Binary(new byte[] {2, 3, 4}));
        assertThat(direct.position()).isEqualTo(2);
    }

    @Test
    void textTravelsAsUtf8() {
        assertThat(new Text("Grüße 👋").bytes()).hasSize(12);
        assertThat(Text.decode(new Text("Grüße 👋").bytes())).isEqualTo(new Text("Grüße 👋"));
        assertThat(Text.decode(new byte[] {(byte) 0xff})).isEqualTo(new Text("\ufffd"));
    }

    @Test
    void textAndBytesAreNeverEqual() {
        assertThat(new Binary(new byte[0])).isNotEqualTo(new Text(""));
    }
}
