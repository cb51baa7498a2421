package dev.peerhost.hosting.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is in a configuration, it is understood, or refused with its file, line and a sentence. By default the corpus in
 * {@code FirebaseJsonFuzzTestsInputs} is replayed.
 */
class FirebaseJsonFuzzTests {

    private static final List<String> PATHS = List.of("/", "/a/b.html", "/ü%20x/", "/.hidden/../x");

    @FuzzTest(maxDuration = "2m")
    void aConfigurationIsUnderstoodOrRefused(byte[] bytes) {
        try {
            FirebaseJson read = FirebaseJson.parse(new String(bytes, StandardCharsets.UTF_8), null);
            assertThat(read.sites()).isNotEmpty().allSatisfy(FirebaseJsonFuzzTests::isUsable);
            assertThat(read.warnings()).allSatisfy(FirebaseJsonFuzzTests::isASentence);
        } catch (UnusableRulesException refused) {
            isASentence(refused.getMessage());
        }
    }

    @FuzzTest(maxDuration = "2m")
    void targetsAreUnderstoodOrRefused(byte[] bytes) {
        String targets = new String(bytes, StandardCharsets.UTF_8);
        try {
            FirebaseJson read = FirebaseJson.parse("{\"hosting\": {\"target\": \"app\"}}", targets);
            assertThat(read.sites()).singleElement().satisfies(FirebaseJsonFuzzTests::isUsable);
        } catch (UnusableRulesException refused) {
            isASentence(refused.getMessage());
        }
    }

    private static void isUsable(SiteRules site) {
        assertThat(site.folders()).isNotEmpty();
        for (String path : PATHS) {
            site.redirects().forEach(rule -> rule.pattern().apply(path, "q=%"));
            site.rewrites().forEach(rule -> rule.pattern().matches(path));
            site.headers().forEach(rule -> rule.pattern().matches(path));
            site.ignore().forEach(pattern -> pattern.matches(path));
        }
    }

    private static void isASentence(@Nullable String text) {
        assertThat(text).matches("(?s)(firebase\\.json|\\.firebaserc), line \\d+: .+\\.");
    }
}
