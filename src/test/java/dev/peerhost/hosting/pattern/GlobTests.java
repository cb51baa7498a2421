package dev.peerhost.hosting.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTests {

    private static final Duration BOUND = Duration.ofMillis(100);

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    **                  ~ /a /a/b / /a/           ~ /.a /a/.b
                    /**                 ~ /a /a/b /               ~ /.a
                    /*                  ~ /a /a/                  ~ / /a/b /.a
                    /a/**               ~ /a/ /a/b /a/b/c         ~ /a /ab
                    /a/**/b             ~ /a/b /a/x/b /a/x/y/b    ~ /a/.x/b /a
                    /**/*.js            ~ /x.js /a/x.js           ~ /.js /a/.x.js /x.jsx
                    /**/a/**/b          ~ /a/b /x/a/y/b           ~ /b/a
                    /?                  ~ /a                      ~ /ab /.
                    /[a-c]x             ~ /ax /cx                 ~ /dx /AX
                    /[!a-c]x            ~ /dx                     ~ /ax
                    /{a,b/c}/d          ~ /a/d /b/c/d             ~ /b/d
                    /{1..3}             ~ /1 /3                   ~ /0 /4
                    /{01..10}           ~ /01 /10                 ~ /1
                    /@(a|b)c            ~ /ac /bc                 ~ /c /abc
                    /+(ab)              ~ /ab /abab               ~ / /aba
                    /*(a|b)c            ~ /c /abac                ~ /.c
                    /?(a)b              ~ /b /ab                  ~ /aab
                    /!(a)               ~ /b /ab                  ~ /a
                    /!(a|b*)            ~ /ab /c                  ~ /a /b /bc
                    /*.!(js)            ~ /a.css /a.js.map        ~ /a.js
                    /x!(a)y             ~ /xy /xby                ~ /xay
                    !/a/**              ~ /b /a                   ~ /a/b
                    !!/a                ~ /a                      ~ /b
                    /a{b                ~ /a{b                    ~ /ab
                    /(a                 ~ /(a                     ~ /a
                    /a|b                ~ /a|b                    ~ /a
                    """)
    void pathsMatchAsInMinimatch(String glob, String matching, String others) throws BadPatternException {
        Glob compiled = Glob.parse(glob);
        assertThat(List.of(matching.split(" "))).allMatch(compiled::matches);
        assertThat(List.of(others.split(" "))).noneMatch(compiled::matches);
    }

    @Test
    void hiddenNamesMatchOnlyWhenAskedFor() throws BadPatternException {
        assertThat(Glob.parse("/.*").matches("/.env")).isTrue();
        assertThat(Glob.parse("**/.*").matches("/a/.env")).isTrue();
        assertThat(Glob.parseWithHidden("**/.*").matches("a/.env")).isTrue();
        assertThat(Glob.parseWithHidden("**/node_modules/**").matches(".x/node_modules/.y"))
                .isTrue();
        assertThat(Glob.parse("**/node_modules/**").matches(".x/node_modules/.y"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*a*a*a*a*a*a*a*a*a*a*a*a*b",
                "/+(a|aa|aaa|aaaa)b",
                "/*(*(*(*(a))))b",
                "/+(+(+(+(+(a)))))b",
                "/!(*a*a*a*a*a*)!(*a*a*a*a*)b",
                "/**/*a*/**/*a*/**/*a*/**/*a*/**/b",
                "/x*a*a*a*a*a*a*a*a*a*a*a*a*",
                "/x*(?(a)?(a)?(a))*(?(a)?(a)?(a))*(?(a)?(a)?(a))"
            })
    void noPathTakesLong(String glob) throws BadPatternException {
        Glob compiled = Glob.parse(glob);
        for (String path : List.of("/" + "a".repeat(8_000), "/a".repeat(4_000), "/" + "a/".repeat(2_000) + "aaaa")) {
            assertThat(compiled.matches(path)).isFalse();
            assertThat(CpuTime.of(() -> compiled.matches(path))).as(glob).isLessThan(BOUND);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/{1..100000}",
                "/{a,b,c,d}*{a,b,c,d}*{a,b,c,d}*x",
                "/{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}",
                "/!(a)!(b)!(c)!(d)!(e)!(f)!(g)!(h)!(i)!(j)!(k)!(l)!(m)"
            })
    void whatStandsForTooMuchIsRefused(String glob) {
        assertThatThrownBy(() -> Glob.parse(glob))
                .isInstanceOf(BadPatternException.class)
                .hasMessageContaining("make several rules of it");
    }

    @Test
    void aGlobHasABoundedLength() {
        assertThatThrownBy(() -> Glob.parse("/" + "(".repeat(100_000))).hasMessageContaining("longer than 2000");
    }
}
