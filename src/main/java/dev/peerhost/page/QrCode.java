package dev.peerhost.page;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A URL for a phone's camera (ISO/IEC 18004). */
final class QrCode {

    /** The light edge that a reader needs, in modules; four by the standard, and two are enough for every phone. */
    private static final int QUIET = 2;

    private final ByteMatrix modules;

    /** The code of a text, which may have up to some 2,900 characters. */
    QrCode(String text) {
        try {
            modules = Encoder.encode(text, ErrorCorrectionLevel.L, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                    .getMatrix();
        } catch (WriterException tooLong) {
            throw new IllegalArgumentException("No QR code has room for this text.", tooLong);
        }
    }

    /** With its edge, in modules. */
    int size() {
        return modules.getWidth() + 2 * QUIET;
    }

    /** For a terminal: two rows of modules in each line, light ones drawn, as most terminals are dark. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < size(); y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < size(); x++) {
                boolean above = isDark(x, y);
                boolean below = y + 1 == size() || isDark(x, y + 1);
                line.append(above ? (below ? ' ' : '▄') : (below ? '▀' : '█'));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** For the attribute {@code d} of an SVG path in a box of {@link #size}, one unit a module. */
    String path() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size(); y++) {
            for (int x = 0; x < size(); x++) {
                if (isDark(x, y)) {
                    path.append("M%d %dh1v1h-1z".formatted(x, y));
                }
            }
        }
        return path.toString();
    }

    private boolean isDark(int x, int y) {
        int column = x - QUIET;
        int row = y - QUIET;
        boolean inside = column >= 0 && row >= 0 && column < modules.getWidth() && row < modules.getHeight();
        return inside && modules.get(column, row) == 1;
    }
}
