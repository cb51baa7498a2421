package dev.peerhost.hosting.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirebaseJsonTests {

    @Test
    void commentsAndTrailingCommasAreRead() throws UnusableRulesException {
        SiteRules site = only("""
                {
                  // the site
                  "hosting": {
                    "public": ["dist", "static",], /* two */
                    "cleanUrls": true,
                    "trailingSlash": false,
                    "redirects": [
                      { "source": "/a/:b", "destination": "/c/:b", "type": 302, },
                    ],
                    "rewrites": [{ "source": "**", "destination": "/index.html" }],
                    "headers": [{ "source": "**", "headers": [{ "key": "X-A", "value": 1 }] }],
                    "i18n": { "root": "/localised" },
                  },
                }
                """);

        assertThat(site.folders()).containsExactly("dist", "static");
        assertThat(site.cleanUrls()).isTrue();
        assertThat(site.trailingSlash()).isFalse();
        assertThat(site.i18nRoot()).isEqualTo("/localised");
        RedirectRule redirect = site.redirects().getFirst();
        assertThat(redirect.id()).isEqualTo(new RuleId("redirects", 0, 8, "/a/:b", false));
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.pattern().apply("/a/x", "q")).isEqualTo("/c/x?q");
        assertThat(site.rewrites().getFirst().id().line()).isEqualTo(10);
        assertThat(site.headers().getFirst().fields()).containsExactly(new HeaderRule.Field("X-A", "1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    []                                                         | line 1: the whole is [], which is no object
                    {"hosting": "x"}                                           | hosting is "x", which is no object
                    {"hosting": []}                                            | hosting is [], which has no site in it
                    {"hosting": {"public": 7}}                                 | hosting.public is 7, which is no list
                    {"hosting": {"public": []}}                                | hosting.public is [], which names no folder
                    {"hosting": {"cleanUrls": "yes"}}                          | hosting.cleanUrls is "yes", which is neither true nor false
                    {"hosting": {"trailingSlash": 1}}                          | hosting.trailingSlash is 1, which is neither true nor false
                    {"hosting": {"redirects": {}}}                             | hosting.redirects is {}, which is no list
                    {"hosting": {"redirects": [{"source": "/a"}]}}             | hosting.redirects[0] is an object, which has no destination
                    {"hosting": {"redirects": [{"source": "/a", "destination": ""}]}} | hosting.redirects[0] is an object, which has no destination
                    {"hosting": {"redirects": [{"source": "/a", "destination": "/b", "type": 200}]}}  | hosting.redirects[0].type is 200, which is no status of a redirect
                    {"hosting": {"redirects": [{"source": "/a", "destination": "/b", "type": "301"}]}} | hosting.redirects[0].type is "301", which is no status of a redirect
                    {"hosting": {"redirects": [{"source": "/a", "regex": "a", "destination": "/b"}]}} | which has both a glob and a regex
                    {"hosting": {"redirects": [{"regex": "a(", "destination": "/b"}]}} | hosting.redirects[0].regex is "a(", which is no regular expression of RE2
                    {"hosting": {"rewrites": [{"regex": "(?=a)", "destination": "/b"}]}} | hosting.rewrites[0].regex is "(?=a)", which is no regular expression of RE2
                    {"hosting": {"rewrites": [{"source": "/a"}]}}              | hosting.rewrites[0] is an object, which has none of destination, function and run
                    {"hosting": {"rewrites": [{"source": "/a", "run": {}}]}}   | hosting.rewrites[0].run is {}, which has no serviceId
                    {"hosting": {"rewrites": [{"source": "/{1..9999}", "destination": "/b"}]}} | which has braces that stand for more than 500 patterns
                    {"hosting": {"headers": [{"source": "/a", "headers": [{"key": "a b", "value": "c"}]}]}} | hosting.headers[0].headers[0].key is "a b", which cannot be a header's name
                    {"hosting": {"headers": [{"source": "/a", "headers": [{"key": "a", "value": "b\\r\\nc"}]}]}} | which has a character that no header may have
                    {"hosting": {"headers": [{"source": "/a", "headers": [{"key": "a"}]}]}} | which lacks its key or its value
                    {"hosting": {"ignore": "x"}}                               | hosting.ignore is "x", which is no list
                    {"hosting": {"i18n": {}}}                                  | hosting.i18n is {}, which has no root
                    {"hosting": {"site": "a", "target": "b"}}                  | which has both a site and a target
                    {"hosting": {"public": "a"}} {}                            | there is more behind the end
                    {"hosting": {"public": "a" "ignore": []}}                  | this is no JSON
                    {"hosting": {"public": "a"                                 | this is no JSON
                    """)
    void whatIsWrongIsNamedWithKeyValueLineAndRemedy(String json, String problem) {
        assertThatThrownBy(() -> FirebaseJson.parse(json, null))
                .isInstanceOf(UnusableRulesException.class)
                .hasMessageMatching("(?s)firebase\\.json, line \\d+: .*[;(].*\\.")
                .hasMessageContaining(problem);
    }

    @Test
    void theLineIsThatOfTheValue() {
        assertThatThrownBy(() -> FirebaseJson.parse("{\n\"hosting\": {\n\n\"cleanUrls\":\n 5}}", null))
                .hasMessageStartingWith("firebase.json, line 5: hosting.cleanUrls is 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "redirects": [{"source": "/a/:b", "destination": "/c/:d"}]   | redirects[0] has :d in its destination
                    "redirects": [{"destination": "/c"}]                         | redirects[0] has no source, so it never matches
                    "rewrites": [{"source": "a", "destination": "/c"}]           | write "/a"
                    "rewrites": [{"source": "/a", "destination": "c"}]           | so it answers 404; write "/c"
                    "rewrites": [{"source": "!(/assets/**)", "destination": "/c"}] | Firebase's production
                    "rewrites": [{"source": "**", "destination": "/c"}, {"source": "/a", "destination": "/d"}] | rewrites[1] with the source "/a" never matches: rewrites[0] (line 1, "**") comes first
                    "redirects": [{"source": "/a", "destination": "/c"}, {"source": "/a", "destination": "/d"}] | redirects[1] with the source "/a" never matches
                    "redirects": [{"source": "/a/**", "destination": "/c"}, {"source": "/a/b", "destination": "/d"}] | redirects[1] with the source "/a/b" never matches
                    "colour": "blue"                                             | hosting.colour is a key that Peerhost does not know
                    "public": "a", "public": "b"                                 | hosting.public stands there a second time
                    """)
    void whatIsHardlyMeantIsReported(String setting, String warning) throws UnusableRulesException {
        FirebaseJson read = FirebaseJson.parse("{\"hosting\": {" + setting + "}}", null);

        assertThat(read.warnings())
                .singleElement()
                .asString()
                .startsWith("firebase.json, line 1: ")
                .contains(warning);
    }

    @Test
    void whatIsMeantIsNotReported() throws UnusableRulesException {
        FirebaseJson read = FirebaseJson.parse("""
                {"hosting": {"site": "x", "ignore": ["**/.*"], "predeploy": "x", "appAssociation": "AUTO",
                 "redirects": [{"source": "/a", "destination": "/b"}, {"source": "/a/:rest*", "destination": "/c/:rest*"},
                               {"regex": "/(\\\\d+)", "destination": "/:1"}],
                 "rewrites": [{"source": "/api/**", "function": "api"}, {"source": "**", "destination": "/index.html"}],
                 "headers": [{"source": "**", "headers": []}, {"source": "/a", "headers": []}]}}
                """, null);

        assertThat(read.warnings()).isEmpty();
        assertThat(read.sites().getFirst().rewrites().getFirst().target())
                .isEqualTo(new RewriteRule.ToService("function", "api"));
    }

    @Test
    void anUnknownKeyIsReportedOnce() throws UnusableRulesException {
        FirebaseJson read =
                FirebaseJson.parse("{\"hosting\": [{\"site\": \"a\", \"x\": 1}, {\"site\": \"b\", \"x\": 2}]}", null);

        assertThat(read.warnings()).hasSize(1);
        assertThat(read.sites()).extracting(SiteRules::name).containsExactly("a", "b");
    }

    @Test
    void targetsAreNamedByFirebaserc() throws UnusableRulesException {
        String hosting = "{\"hosting\": [{\"target\": \"app\"}, {\"target\": \"docs\"}]}";
        String targets = "{\"targets\": {\"project\": {\"hosting\": {\"app\": [\"my-app\"]}}}}";

        FirebaseJson read = FirebaseJson.parse(hosting, targets);

        assertThat(read.sites()).extracting(SiteRules::name).containsExactly("my-app", "docs");
        assertThat(read.warnings()).singleElement().asString().contains("the target docs is linked to no site");
        assertThatThrownBy(() -> FirebaseJson.parse(hosting, targets.replace("[\"my-app\"]", "[\"a\", \"b\"]")))
                .hasMessageContaining(".firebaserc, line 1: targets.project.hosting.app is a list")
                .hasMessageContaining("name exactly one");
    }

    @Test
    void withoutHostingThereAreNoRules() throws UnusableRulesException {
        assertThat(FirebaseJson.parse(null, null).sites()).isEqualTo(List.of(SiteRules.NONE));
        assertThat(FirebaseJson.parse("{\"functions\": {}}", null).sites()).isEqualTo(List.of(SiteRules.NONE));
    }

    private static SiteRules only(String json) throws UnusableRulesException {
        FirebaseJson read = FirebaseJson.parse(json, null);
        assertThat(read.warnings()).isEmpty();
        return read.sites().getFirst();
    }
}
