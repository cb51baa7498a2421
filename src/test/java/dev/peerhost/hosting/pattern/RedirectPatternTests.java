package dev.peerhost.hosting.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectPatternTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    /a             | /b               | /a       |     | /b
                    /a             | /b               | /a       | q=1 | /b?q=1
                    /a             | /b?x=y           | /a       | q=1 | /b?x=y&q=1
                    /:x/:y         | /:y/:x           | /a/b     |     | /b/a
                    /:x/:y         | /:y/:x           | /a/b/    |     | /b/a
                    /:x            | /t/:x            | /ü b     |     | /t/%C3%BC%20b
                    /X/:x          | /t/:x            | /x/A     |     | /t/A
                    /p/:x*         | /q/:x*           | /p/a/b/c |     | /q/a/b/c
                    /p/:x*         | /q/:x*           | /p       |     | /q
                    /p/:x*         | /q/:x            | /p/a/b   |     | none
                    /p/:x+         | /q/:x+           | /p       |     | none
                    /p/:x?/e       | /q/:x?           | /p/e     |     | /q
                    /:n(\\d+)      | /n/:n            | /12      |     | /n/12
                    /:n(\\d+)      | /n/:n            | /a       |     | none
                    /:a-:b         | /:b/:a           | /x-y     |     | /y/x
                    /a/:x          | https://e.org/:x | /a/b     |     | https://e.org/b
                    /a/*           | /b/:x            | /a/c     |     | none
                    /a             | /https:/e.org/x  | /a       |     | https://e.org/x
                    """)
    void aGlobCapturesByName(
            String source, String destination, String path, @Nullable String query, @Nullable String location)
            throws BadPatternException {
        RedirectPattern pattern = RedirectPattern.ofGlob(source, destination);
        assertThat(pattern.apply(path, query == null ? "" : query)).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
                    ^/a/(\\w+)$                | /:1        | /a/b     | /b
                    (?<x>[a-z]+)-(?<y>[a-z]+)  | /:y/:x     | /a-b     | /b/a
                    (?P<x>[a-z]+)              | /:x        | /1abc2   | /abc
                    ^/(a)?(b)?$                | /o/:2      | /a       | none
                    /(.*)                      | /t/:1      | /a/b     | /t/a/b
                    /any                       | /x         | /so/any1 | /x
                    """)
    void anExpressionCapturesByNumberAndName(String regex, String destination, String path, @Nullable String location)
            throws BadPatternException {
        assertThat(RedirectPattern.ofRegex(regex, destination).apply(path, "")).isEqualTo(location);
    }

    @Test
    void aNameThatIsNeverCapturedIsReported() throws BadPatternException {
        assertThat(RedirectPattern.ofGlob("/:a", "/:a/:b").missing()).containsExactly("b");
        assertThat(RedirectPattern.ofGlob("/:a", "/:a/:b?").missing()).isEmpty();
        assertThat(RedirectPattern.ofRegex("(?<a>x)(y)", "/:a/:2/:3").missing()).containsExactly("3");
    }

    @ParameterizedTest
    @CsvSource({"/:a/:b/:c/:d/:e/:f/:g, /:a", "/:a*/:b*/:c*/:d*/x, /:a*", "/*a*a*a*a*a*a*b, /:0"})
    void noPathTakesLong(String source, String destination) throws BadPatternException {
        RedirectPattern pattern = RedirectPattern.ofGlob(source, destination);
        String path = "/a".repeat(4_000);
        for (int warm = 0; warm < 5; warm++) {
            pattern.apply(path, "");
        }
        long start = System.nanoTime();
        pattern.apply(path, "");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(100));
    }
}
