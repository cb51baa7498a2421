package dev.peerhost.hosting;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.springframework.boot.web.server.MimeMappings;

/** The media type of a file by its extension, from {@code media-types.properties} beside this class. */
final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";
    private static final Set<String> COMPRESSIBLE = Set.of(
            "application/ecmascript",
            "application/json",
            "application/postscript",
            "application/raml+yaml",
            "application/rtf",
            "application/toml",
            "application/vnd.dart",
            "application/vnd.ms-fontobject",
            "application/wasm",
            "application/x-httpd-php",
            "application/x-ns-proxy-autoconfig",
            "application/x-sh",
            "application/x-tar",
            "application/xml",
            "application/xml-dtd",
            "font/otf",
            "font/ttf",
            "image/bmp",
            "image/vnd.adobe.photoshop",
            "image/vnd.microsoft.icon",
            "image/vnd.ms-dds",
            "message/rfc822",
            "model/gltf-binary");
    private static final Map<String, String> BY_EXTENSION = read();

    private MediaTypes() {}

    /** The value of {@code Content-Type} for a path; text is UTF-8. */
    static String of(String path) {
        int dot = path.lastIndexOf('.');
        if (dot <= path.lastIndexOf('/')) {
            return UNKNOWN;
        }
        String extension = path.substring(dot + 1);
        String type = BY_EXTENSION.get(extension);
        if (type != null) {
            return type;
        }
        String lower = extension.toLowerCase(Locale.ROOT);
        String common = BY_EXTENSION.get(lower);
        return common != null ? common : rare(lower);
    }

    /** Whether encoding it makes it smaller. */
    static boolean isCompressible(String type) {
        int end = type.indexOf(';');
        String bare = end < 0 ? type : type.substring(0, end);
        return bare.startsWith("text/")
                || bare.endsWith("+json")
                || bare.endsWith("+xml")
                || COMPRESSIBLE.contains(bare);
    }

    private static Map<String, String> read() {
        Properties properties = new Properties();
        try (InputStream stream = MediaTypes.class.getResourceAsStream("media-types.properties")) {
            if (stream == null) {
                throw new IllegalStateException("This build of Peerhost lacks its media-types.properties.");
            }
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> types = new HashMap<>();
        for (String type : properties.stringPropertyNames()) {
            for (String extension : properties.getProperty(type).split(" ", -1)) {
                types.put(extension, isText(type) ? type + ";charset=utf-8" : type);
            }
        }
        return types;
    }

    /** What the web server itself knows of less common extensions. */
    private static String rare(String extension) {
        String type = MimeMappings.DEFAULT.get(extension);
        return type == null ? UNKNOWN : isText(type) ? type + ";charset=utf-8" : type;
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.equals("application/json") || type.equals("application/manifest+json");
    }
}
