package dev.peerhost.hosting.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Whatever is configured as a glob is refused with a sentence, or decides for any path in a bounded time. The first line is
 * the glob, the rest the path. By default the corpus in {@code GlobFuzzTestsInputs} is replayed.
 */
class GlobFuzzTests {

    private static final Duration BOUND = Duration.ofMillis(100);
    /** What a request's head has at most. */
    private static final int LONGEST_PATH = 8192;

    private record Input(String pattern, String path) {

        static Input of(byte[] bytes) {
            String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
            String path = lines.length < 2 ? "/" : lines[1];
            return new Input(lines[0], path.substring(0, Math.min(path.length(), LONGEST_PATH)));
        }
    }

    @FuzzTest(maxDuration = "2m")
    void aGlobIsRefusedOrDecidesSoon(byte[] bytes) {
        Input input = Input.of(bytes);
        try {
            Glob glob = Glob.parse(input.pattern);
            assertThat(CpuTime.of(() -> glob.matches(input.path))).isLessThan(BOUND);
            if (!input.pattern.startsWith("#")) {
                assertThat(Glob.parse("!" + input.pattern).matches(input.path)).isNotEqualTo(glob.matches(input.path));
            }
        } catch (BadPatternException refused) {
            assertThat(refused.getMessage()).matches("(?s)(is|has) .+; .+");
        }
    }

    @FuzzTest(maxDuration = "2m")
    void aRedirectIsRefusedOrDecidesSoon(byte[] bytes) {
        Input input = Input.of(bytes);
        for (String destination : List.of("/to/:a/:b*", input.pattern)) {
            try {
                RedirectPattern redirect = RedirectPattern.ofGlob(input.pattern, destination);
                assertThat(CpuTime.of(() -> redirect.apply(input.path, "q=1"))).isLessThan(BOUND);
                String location = redirect.apply(input.path, "q=1");
                assertThat(location == null || location.chars().allMatch(c -> c > ' ' && c <= '~'))
                        .as(location)
                        .isTrue();
            } catch (BadPatternException refused) {
                assertThat(refused.getMessage()).matches("(?s)(is|has) .+");
            }
        }
    }
}
