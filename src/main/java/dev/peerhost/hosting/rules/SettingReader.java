package dev.peerhost.hosting.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON as people write it, with comments and with commas behind the last element, and keeps the lines. */
final class SettingReader {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private final String file;
    private final JsonParser parser;
    private final Consumer<String> warnings;

    private SettingReader(String file, JsonParser parser, Consumer<String> warnings) {
        this.file = file;
        this.parser = parser;
        this.warnings = warnings;
    }

    /**
     * Reads a file.
     *
     * @param file its name, for sentences
     * @param warnings told of keys that stand there twice
     */
    static Setting read(String file, String text, Consumer<String> warnings) throws UnusableRulesException {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() == null) {
                throw new UnusableRulesException("%s, line 1: the file is empty; write { } at least.".formatted(file));
            }
            SettingReader reader = new SettingReader(file, parser, warnings);
            Setting whole = reader.value("");
            if (parser.nextToken() != null) {
                throw new UnusableRulesException("%s, line %d: there is more behind the end of the object; take it out."
                        .formatted(file, reader.line()));
            }
            return whole;
        } catch (JacksonException e) {
            // It has no place when it is too deep, or a name or number in it is too long.
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new UnusableRulesException("%s, line %d: this is no JSON (%s); correct it there or just before."
                    .formatted(file, line, firstLine(e)));
        }
    }

    private Setting value(String key) {
        int line = line();
        return new Setting(file, key, line, read(key));
    }

    private @Nullable Object read(String key) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(key);
            case START_ARRAY -> elements(key);
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            default -> null;
        };
    }

    private Map<String, Setting> members(String key) {
        Map<String, Setting> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String inner = key.isEmpty() ? name : key + "." + name;
            int line = line();
            parser.nextToken();
            if (members.put(name, value(inner)) != null) {
                warnings.accept("%s, line %d: %s stands there a second time; the last one counts."
                        .formatted(file, line, inner));
            }
        }
        return members;
    }

    private List<Setting> elements(String key) {
        List<Setting> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value("%s[%d]".formatted(key, elements.size())));
        }
        return elements;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    }
}
