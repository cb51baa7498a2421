package dev.peerhost.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTests {

    private static final String URL = "https://192.0.2.7:8080/";

    @Test
    void aReaderReadsWhatTheTerminalShows() throws Exception {
        List<String> lines = new QrCode(URL).lines();
        int size = lines.getFirst().length() - 4;
        BitMatrix read = new BitMatrix(size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                char two = lines.get((y + 2) / 2).charAt(x + 2);
                boolean light = two == '█' || two == (y % 2 == 0 ? '▀' : '▄');
                if (!light) {
                    read.set(x, y);
                }
            }
        }

        assertThat(new Decoder().decode(read).getText()).isEqualTo(URL);
    }

    @Test
    void thePageShowsTheSameModules() {
        QrCode code = new QrCode(URL);

        long dark = code.path().chars().filter(c -> c == 'M').count();

        // In the last line, what lies below the code is drawn as dark.
        long shown = String.join("", code.lines())
                .chars()
                .map(c -> c == ' ' ? 2 : c == '█' ? 0 : 1)
                .sum();
        assertThat(dark).isEqualTo(shown - code.size());
    }
}
