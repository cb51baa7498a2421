package dev.peerhost.hosting;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** A folder of a jar, read once: its files are few, small and never change. */
final class JarFolder extends Folder {

    private final Map<String, Content> files;

    private JarFolder(Map<String, Content> files) {
        this.files = files;
    }

    static Folder open(String file) {
        URL url = JarFolder.class.getClassLoader().getResource(file);
        if (url == null) {
            throw new IllegalStateException("This build of Peerhost lacks its file " + file + ".");
        }
        try {
            return url.getProtocol().equals("file")
                    ? DiskFolder.open(Path.of(URI.create(url.toString())).resolveSibling("."))
                    : new JarFolder(read((JarURLConnection) url.openConnection()));
        } catch (IOException e) {
            throw new IllegalStateException("Peerhost cannot read its own file " + file + ".", e);
        }
    }

    private static Map<String, Content> read(JarURLConnection file) throws IOException {
        // Not closed: the class loader shares it.
        JarFile jar = file.getJarFile();
        String prefix = file.getEntryName().substring(0, file.getEntryName().lastIndexOf('/') + 1);
        Map<String, Content> files = new HashMap<>();
        var entries = jar.entries();
        while (entries.hasMoreElements()) {
            JarEntry entry = entries.nextElement();
            if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
                String path = entry.getName().substring(prefix.length() - 1);
                files.put(path, content(jar, entry, path));
            }
        }
        return files;
    }

    private static Content content(JarFile jar, JarEntry entry, String path) throws IOException {
        try (InputStream stream = jar.getInputStream(entry)) {
            byte[] bytes = stream.readAllBytes();
            String etag = '"' + Long.toString(entry.getCrc(), 36) + '-' + Integer.toString(bytes.length, 36) + '"';
            return new Content.InMemory(bytes, MediaTypes.of(path), etag);
        }
    }

    @Override
    @Nullable
    Content find(String path, Predicate<String> ignored) {
        return files.get(path);
    }
}
