package dev.peerhost.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTests {

    @ParameterizedTest
    @CsvSource({
        "/index.html, text/html;charset=utf-8",
        "/app.js, text/javascript;charset=utf-8",
        "/app.mjs, text/javascript;charset=utf-8",
        "/APP.MJS, text/javascript;charset=utf-8",
        "/style.css, text/css;charset=utf-8",
        "/data.json, application/json;charset=utf-8",
        "/app.js.map, application/json;charset=utf-8",
        "/site.webmanifest, application/manifest+json;charset=utf-8",
        "/icon.svg, image/svg+xml",
        "/favicon.ico, image/vnd.microsoft.icon",
        "/app.wasm, application/wasm",
        "/a.min.png, image/png",
        "/x.unknown, application/octet-stream",
        "/noextension, application/octet-stream",
        "/v1.2/noextension, application/octet-stream",
        "/trailing., application/octet-stream",
        "/.well-known/x, application/octet-stream"
    })
    void theExtensionDecides(String path, String type) {
        assertThat(MediaTypes.of(path)).isEqualTo(type);
    }
}
