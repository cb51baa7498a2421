package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds one defect per tool into a copy of the tree: the build has to fail, and to name the tool that caught it. */
class QualityGatesIT {

    private static final Duration BUILD = Duration.ofMinutes(5);
    private static final String CLASS = "src/main/java/dev/peerhost/ice/Seeded.java";

    @TempDir
    static Path tree;

    @BeforeAll
    static void copyTheTree() throws Exception {
        for (String part : List.of("pom.xml", "application.yml", "src", "frontend")) {
            copy(ScriptRun.ROOT.resolve(part), tree.resolve(part));
        }
        // The tools themselves are no part of the tree.
        Files.createSymbolicLink(
                tree.resolve("frontend/node_modules"), ScriptRun.ROOT.resolve("frontend/node_modules"));
        // What the copy compiles once need not be compiled again for each defect.
        copy(ScriptRun.ROOT.resolve("target/classes"), tree.resolve("target/classes"));
    }

    @Test
    void nullAwayCatchesANull() throws Exception {
        seed(
                CLASS,
                javaClass(
                        "static int length(@org.jspecify.annotations.Nullable String text) { return text.length(); }"));
        assertThat(failureOf("mvn", "-B", "compile")).contains("[NullAway]").contains("Seeded.java");
    }

    @Test
    void errorProneCatchesAMistake() throws Exception {
        seed(CLASS, javaClass("static void start() { new IllegalStateException(\"never thrown\"); }"));
        assertThat(failureOf("mvn", "-B", "compile"))
                .contains("[DeadException]")
                .contains("Seeded.java");
    }

    @Test
    void spotlessCatchesAnUnformattedFile() throws Exception {
        seed(CLASS, javaClass("static   int   one( ){return 1;}"));
        assertThat(failureOf("mvn", "-B", "verify", "-DskipTests", "-Djacoco.skip"))
                .contains("spotless-maven-plugin")
                .contains("Seeded.java");
    }

    @Test
    void modulithCatchesACycleAndArchUnitALongFile() throws Exception {
        seed(CLASS, javaClass("static final Class<?> BACK = dev.peerhost.hosting.Seeded.class;"));
        seed(
                "src/main/java/dev/peerhost/hosting/Seeded.java",
                javaClass("static final Class<?> THERE = dev.peerhost.ice.Seeded.class;")
                        .replace("package dev.peerhost.ice", "package dev.peerhost.hosting"));
        seed(
                "src/main/java/dev/peerhost/room/Seeded.java",
                javaClass(IntStream.range(0, 201)
                                .mapToObj(i -> "// " + i)
                                .collect(Collectors.joining("\n", "", "\nstatic final int LINES = 201;")))
                        .replace("package dev.peerhost.ice", "package dev.peerhost.room"));
        assertThat(failureOf("mvn", "-B", "test", "-Dtest=ModularityTests,ArchitectureTests"))
                .contains("ModularityTests")
                .containsPattern("Cycle detected: (Slice|slice) (hosting|ice)")
                .contains("room/Seeded.java has more than 200 lines");
    }

    @Test
    void tscCatchesATypeError() throws Exception {
        seed("frontend/lib/seeded.js", "/** @type {number} */\nexport const seeded = 'text';\n");
        assertThat(failureOf("npm", "--prefix", "frontend", "run", "check"))
                .contains("> tsc")
                .contains("lib/seeded.js")
                .contains("TS2322");
    }

    @Test
    void biomeCatchesAnUnusedVariable() throws Exception {
        seed("frontend/lib/seeded.js", "const seeded = 1;\n");
        assertThat(failureOf("npm", "--prefix", "frontend", "run", "check"))
                .contains("> biome")
                .contains("lib/seeded.js")
                .contains("noUnusedVariables");
    }

    /** Runs a build that has to fail and takes the defects out again; the output. */
    private static String failureOf(String... command) throws Exception {
        try (ScriptRun run = ScriptRun.start(tree, Map.of("JAVA_HOME", System.getProperty("java.home")), command)) {
            int exit = run.awaitExit(BUILD);
            String output = String.join("\n", run.output());
            assertThat(exit).as(output).isNotZero();
            return output;
        } finally {
            try (Stream<Path> files = Files.walk(tree)) {
                for (Path file : files.filter(
                                path -> path.getFileName().toString().matches("(?i)seeded\\..*"))
                        .toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void seed(String file, String content) throws IOException {
        Files.writeString(tree.resolve(file), content);
    }

    private static String javaClass(String body) {
        return "package dev.peerhost.ice;\n\n/** A defect. */\npublic final class Seeded {\n\n    private Seeded() {}\n\n    public "
                + body + "\n}\n";
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.toString().contains("node_modules"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }
}
