package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.peerhost.Peerhost;
import dev.peerhost.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The same sites, served by superstatic and by us, asked the same: each difference is listed with its reason in {@code
 * deviations.txt}, and what is listed there does differ.
 */
@SpringBootTest(
        classes = Peerhost.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"peerhost.peer.enabled=false"})
class DifferentialIT {

    private record Request(String site, String path, List<String> headers) {}

    private static final Path RESOURCES = Path.of("src/test/resources/dev/peerhost/hosting");

    @TempDir
    static Path folder;

    private static Reference reference;

    @LocalServerPort
    private int port;

    @Autowired
    private HostedSites sites;

    @DynamicPropertySource
    static void hostTheSites(DynamicPropertyRegistry registry) {
        registry.add("peerhost.hosting.dir", folder::toString);
    }

    @BeforeAll
    static void startTheReference() throws IOException {
        ComparedSites.create(folder, Files.readString(RESOURCES.resolve("sites.json")));
        reference = Reference.start(folder);
    }

    @AfterAll
    static void stopTheReference() {
        reference.close();
    }

    @Test
    void everyAnswerIsTheReferencesUnlessTheTableSaysWhy() throws IOException {
        List<String> names = ComparedSites.names(Files.readString(RESOURCES.resolve("sites.json")));
        List<Request> requests = requests(names);
        Deviations deviations = Deviations.read(RESOURCES.resolve("deviations.txt"));
        List<String> unlisted = new ArrayList<>();
        for (Request request : requests) {
            int site = names.indexOf(request.site);
            RawHttp.Answer theirs = get(reference.port(site), request);
            RawHttp.Answer ours =
                    get(site == 0 ? port : sites.others().get(site - 1).port(), request);
            differences(theirs, ours).forEach((field, difference) -> {
                if (!deviations.allow(request.site, request.path, field)) {
                    unlisted.add("%s %s %s  %s: %s"
                            .formatted(request.site, request.path, request.headers, field, difference));
                }
            });
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(12);
        assertThat(requests).hasSizeGreaterThanOrEqualTo(400);
        assertThat(unlisted).isEmpty();
        assertThat(deviations.unused()).isEmpty();
    }

    private static RawHttp.Answer get(int port, Request request) throws IOException {
        return new RawHttp(port).get(request.path, request.headers.toArray(String[]::new));
    }

    /** What of the reference's answer is otherwise in ours, each with both values. */
    private static Map<String, String> differences(RawHttp.Answer theirs, RawHttp.Answer ours) {
        Map<String, String> differences = new LinkedHashMap<>();
        compare("status", Integer.toString(theirs.status()), Integer.toString(ours.status()), differences);
        if (theirs.header("Content-Encoding") == null) {
            compare("body", theirs.text(), ours.text(), differences);
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(theirs.headers().keySet());
        names.addAll(ours.headers().keySet());
        for (String name : names) {
            compare(name, normal(theirs.header(name)), normal(ours.header(name)), differences);
        }
        return differences;
    }

    /** Media types and lists mean the same with and without blanks. */
    private static String normal(@Nullable String value) {
        return value == null ? "none" : value.replaceAll("([;,]) +", "$1").replace("charset=UTF-8", "charset=utf-8");
    }

    private static void compare(String field, String theirs, String ours, Map<String, String> differences) {
        if (!theirs.equals(ours)) {
            differences.put(field, "\"%s\" there, \"%s\" here".formatted(shown(theirs), shown(ours)));
        }
    }

    private static String shown(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }

    private static List<Request> requests(List<String> names) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String line : Files.readAllLines(RESOURCES.resolve("requests.txt"))) {
            if (line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split(" ", 3);
            List<String> headers = parts.length < 3 ? List.of() : List.of(parts[2].split(" \\| "));
            for (String site : parts[0].equals("*") ? names : List.of(parts[0])) {
                requests.add(new Request(site, parts[1], headers));
            }
        }
        return requests;
    }
}
