package dev.peerhost;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;

/** The rules of docs/design.md, "Layout", on the compiled classes and on the files themselves. */
@AnalyzeClasses(packages = "dev.peerhost", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

    private static final int LONGEST_FILE = 200;
    private static final int MEDIAN_FILE = 80;

    /** Which features a feature may use; whatever stands here and nowhere else. */
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "room", Set.of(),
            "channel", Set.of(),
            "delivery", Set.of("channel"),
            "ice", Set.of(),
            "control", Set.of("channel"),
            "hosting", Set.of(),
            "signaling", Set.of("room"),
            "serverpeer", Set.of("room", "channel", "control", "delivery", "ice"),
            "page", Set.of("signaling", "ice", "hosting", "serverpeer"));

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            SlicesRuleDefinition.slices().matching("dev.peerhost.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheServerPeerTouchesLibwebrtc = noClasses()
            .that(resideOutsideOfPackage("dev.peerhost.serverpeer.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.onvoid.."));

    @ArchTest
    static final ArchRule roomsKnowNoTransport = noClasses()
            .that(resideInAPackage("dev.peerhost.room.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.messaging..", "org.springframework.web..", "jakarta.servlet..", "java.net..");

    /** What a handler sees of a channel is plain Java; Spring is what finds and calls annotated methods. */
    @ArchTest
    static final ArchRule channelsKnowNoSpring = noClasses()
            .that(resideInAPackage("dev.peerhost.channel.."))
            .and()
            .haveNameNotMatching(".*\\.(Mapped|ReceivedMessage|BuiltInHandlers|ChannelConfiguration|package-info).*")
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.."));

    /** What frames mean is one matter, what carries them another. */
    @ArchTest
    static final ArchRule deliveryIsPure = noClasses()
            .that(resideInAPackage("dev.peerhost.delivery.."))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework..", "org.slf4j..", "java.util.concurrent..", "java.io..", "java.net..");

    @ArchTest
    static final ArchRule configurationStaysWithItsFeature =
            classes().that().haveSimpleNameEndingWith("Configuration").should().bePackagePrivate();

    @ArchTest
    static void featuresUseOnlyWhatTheyMay(JavaClasses classes) {
        for (JavaClass type : classes) {
            String from = feature(type);
            Set<String> allowed = MAY_USE.get(from);
            assertThat(from.isEmpty() || allowed != null)
                    .as("%s stands in a feature that docs/design.md does not have", type.getName())
                    .isTrue();
            if (allowed != null) {
                assertThat(type.getDirectDependenciesFromSelf())
                        .as("%s may use %s", from, allowed)
                        .allMatch(use -> {
                            String to = feature(use.getTargetClass());
                            return to.isEmpty() || to.equals(from) || allowed.contains(to);
                        });
            }
        }
    }

    /** webrtc-java aborts the JVM on an exception that escapes an observer: one adapter catches them all. */
    @ArchTest
    static void oneAdapterReceivesNativeCallbacks(JavaClasses classes) {
        Set<String> adapters = classes.stream()
                .filter(type -> type.getAllRawInterfaces().stream()
                        .anyMatch(contract -> contract.getPackageName().startsWith("dev.onvoid.")
                                && (contract.getSimpleName().endsWith("Observer")
                                        || contract.getSimpleName().endsWith("Callback"))))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
        assertThat(adapters).hasSize(1);
    }

    @ArchTest
    static void oneClassCreatesNativeConnectionsAndOneClosesThem(JavaClasses classes) {
        assertThat(callers(classes, "dev.onvoid.webrtc.PeerConnectionFactory", "createPeerConnection"))
                .hasSize(1);
        assertThat(callers(classes, "dev.onvoid.webrtc.RTCPeerConnection", "close"))
                .hasSize(1);
    }

    /** Nothing is scanned for: applications, ours too, have the beans that these files name, and what those import. */
    @ArchTest
    static void everyClassOfBeansIsNamed(JavaClasses classes) throws IOException {
        Set<String> named = new HashSet<>();
        for (String file :
                List.of("dev.peerhost.Peerhost", "org.springframework.boot.autoconfigure.AutoConfiguration")) {
            named.addAll(Files.readAllLines(Path.of("src/main/resources/META-INF/spring", file + ".imports")));
        }
        for (JavaClass type : classes) {
            Import imports = type.reflect().getAnnotation(Import.class);
            if (imports != null) {
                Stream.of(imports.value()).map(Class::getName).forEach(named::add);
            }
        }
        assertThat(classes.stream()
                        .map(JavaClass::reflect)
                        .filter(type ->
                                type != Peerhost.class && AnnotatedElementUtils.hasAnnotation(type, Component.class)))
                .hasSizeGreaterThan(10)
                .allSatisfy(type -> assertThat(named)
                        .as("%s: name it in @Import of its feature's configuration", type.getName())
                        .contains(type.getName()));
    }

    @Test
    void mainFilesAreSmall() throws IOException {
        Map<Path, Long> lines = new HashMap<>();
        for (String folder : List.of("src/main/java", "frontend/lib", "frontend/site")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().matches(".*\\.(java|js)"))
                        .filter(file -> !file.toString().matches(".*(\\.test\\.js|/testing/.*)"))
                        .forEach(file -> lines.put(file, lines(file)));
            }
        }
        assertThat(lines).hasSizeGreaterThan(50);
        assertThat(lines)
                .allSatisfy((file, length) -> assertThat(length)
                        .as(
                                "%s has more than %d lines: give a part of it a file and a name of its own",
                                file, LONGEST_FILE)
                        .isLessThanOrEqualTo(LONGEST_FILE));
        List<Long> sorted = lines.values().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2))
                .as("median length of %d files", sorted.size())
                .isLessThanOrEqualTo(MEDIAN_FILE);
    }

    @Test
    void everyFeatureIsNullMarkedAndExplained() throws IOException {
        for (String feature : MAY_USE.keySet()) {
            assertThat(Files.readString(Path.of("src/main/java/dev/peerhost", feature, "package-info.java")))
                    .as(feature)
                    .contains("@NullMarked")
                    .startsWith("/**");
        }
    }

    private static Set<String> callers(JavaClasses classes, String owner, String method) {
        return classes.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getName().equals(owner)
                        && call.getTarget().getName().equals(method))
                .map(call -> call.getOriginOwner().getName())
                .collect(Collectors.toSet());
    }

    private static String feature(JavaClass type) {
        String prefix = "dev.peerhost.";
        String name = type.getPackageName();
        return name.startsWith(prefix) ? name.substring(prefix.length()).split("\\.")[0] : "";
    }

    private static long lines(Path file) {
        try (Stream<String> content = Files.lines(file)) {
            return content.count();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
