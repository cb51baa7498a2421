package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./mvnw} with nothing downloaded yet. */
class WrapperIT {
    private static final Duration DOWNLOAD = Duration.ofMinutes(3);

    @TempDir
    Path mavenUserHome;

    @Test
    void fetchesMavenFromTheRepositoryOfTheSettings() throws Exception {
        String properties = Files.readString(ScriptRun.ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"));
        Matcher version = Pattern.compile("apache-maven-([0-9.]+)-bin\\.zip").matcher(properties);
        assertThat(version.find()).isTrue();
        Map<String, String> environment =
                Map.of("MAVEN_USER_HOME", mavenUserHome.toString(), "MVNW_REPOURL", repositoryOfTheSettings());
        try (ScriptRun run = ScriptRun.start(ScriptRun.ROOT, environment, "./mvnw", "-v")) {
            assertThat(run.awaitExit(DOWNLOAD)).as("%s", run.output()).isZero();
            assertThat(run.output()).anyMatch(line -> line.contains("Apache Maven " + version.group(1)));
        }
        assertThat(mavenUserHome.resolve("wrapper/dists/apache-maven-" + version.group(1)))
                .isDirectory();
    }

    /** Where this machine's Maven downloads from, mirrors applied. */
    private static String repositoryOfTheSettings() throws Exception {
        String ask = "root=$PWD && . bin/common.sh && require_jdk && maven -q help:evaluate -DforceStdout"
                + " '-Dexpression=project.remoteArtifactRepositories[0].url'";
        try (ScriptRun run = ScriptRun.start(ScriptRun.ROOT, Map.of(), "bash", "-c", ask)) {
            assertThat(run.awaitExit(DOWNLOAD)).as("%s", run.output()).isZero();
            Matcher url = Pattern.compile("https?://[^\\s\\u001b]+")
                    .matcher(run.output().getLast());
            assertThat(url.find()).as("%s", run.output()).isTrue();
            return url.group().replaceAll("/$", "");
        }
    }
}
