package dev.peerhost.serverpeer.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.peerhost.serverpeer.network.IpAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Whatever line comes, it is no candidate, or one that the native library is told in our own spelling. By default the corpus
 * in {@code RemoteCandidateFuzzTestsInputs} is replayed, as in {@link SdpFuzzTests}.
 */
class RemoteCandidateFuzzTests {

    @FuzzTest(maxDuration = "2m")
    void aLineIsNoCandidateOrIsPrintedAnew(byte[] bytes) {
        RemoteCandidate candidate = RemoteCandidate.read(new String(bytes, StandardCharsets.UTF_8), null);
        if (candidate == null) {
            return;
        }
        assertThat(candidate.foundation()).hasSizeBetween(1, 32);
        assertThat(candidate.priority()).isBetween(0L, 0xffff_ffffL);
        assertThat(candidate.port()).isBetween(0, 0xffff);
        IpAddress address = candidate.address();
        if (address == null || !candidate.isUsable()) {
            return;
        }
        String printed = candidate.print(address);
        assertThat(printed)
                .matches("candidate:[A-Za-z0-9+/]+ 1 udp [0-9]+ [0-9a-f.:]+ [0-9]+ typ [a-z]+( ufrag [A-Za-z0-9+/]+)?");
        RemoteCandidate again = Objects.requireNonNull(RemoteCandidate.read(printed, null));
        assertThat(again.address()).isEqualTo(address);
        assertThat(again.print(address)).isEqualTo(printed);
    }
}
