package dev.peerhost;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/** {@code application.yml} shows each setting that there is, with its default and the name of its variable. */
@AnalyzeClasses(packages = "dev.peerhost", importOptions = ImportOption.DoNotIncludeTests.class)
class SettingsTests {

    private static final Path FILE = Path.of("application.yml");

    @ArchTest
    static void theFileShowsEachSetting(JavaClasses classes) throws IOException {
        String text = Files.readString(FILE);
        Map<String, Object> values = values();
        int settings = 0;
        for (var type : classes) {
            if (!type.isAnnotatedWith(ConfigurationProperties.class)) {
                continue;
            }
            String prefix =
                    type.getAnnotationOfType(ConfigurationProperties.class).value();
            for (RecordComponent component : type.reflect().getRecordComponents()) {
                String kebab = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
                String key = prefix + "." + kebab;
                String variable = key.replace(".", "_").replace("-", "").toUpperCase(Locale.ROOT);
                assertThat(text)
                        .as(key)
                        .containsPattern("(?m)^ +(# )?" + kebab + ":")
                        .contains("env " + variable);
                DefaultValue byDefault = defaultOf(type.reflect(), component);
                if (byDefault != null && byDefault.value().length == 1) {
                    assertThat(values.get(key)).as(key).hasToString(byDefault.value()[0]);
                }
                settings++;
            }
        }
        assertThat(settings).isGreaterThanOrEqualTo(9);
    }

    @ArchTest
    static void theFileShowsNoSettingThatThereIsNot(JavaClasses classes) throws IOException {
        List<String> prefixes = classes.stream()
                .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
                .map(type ->
                        type.getAnnotationOfType(ConfigurationProperties.class).value() + ".")
                .toList();
        assertThat(values().keySet())
                .filteredOn(key -> key.startsWith("peerhost."))
                .allMatch(key -> prefixes.stream().anyMatch(key::startsWith));
    }

    private static Map<String, Object> values() throws IOException {
        var sources = new YamlPropertySourceLoader().load("settings", new FileSystemResource(FILE));
        var source = (EnumerablePropertySource<?>) sources.getFirst();
        Map<String, Object> values = new HashMap<>();
        for (String name : source.getPropertyNames()) {
            values.put(name, String.valueOf(source.getProperty(name)));
        }
        return values;
    }

    private static @Nullable DefaultValue defaultOf(Class<?> type, RecordComponent component) {
        for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
            if (parameter.getName().equals(component.getName())) {
                return parameter.getAnnotation(DefaultValue.class);
            }
        }
        return null;
    }
}
