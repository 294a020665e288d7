package hotline.agi;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts what arrives into lines; never holds more than one line of the allowed length. */
final class Lines {

    private final byte[] line;
    private final Consumer<String> whole;
    private int length;

    Lines(int longest, Consumer<String> whole) {
        this.line = new byte[longest];
        this.whole = whole;
    }

    /** @throws AgiBroken when a line is too long, or holds a NUL */
    void take(Buffer arrived) {
        for (var i = 0; i < arrived.length(); i++) {
            var octet = arrived.getByte(i);
            if (octet == '\n') {
                var end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                length = 0;
                whole.accept(new String(line, 0, end, StandardCharsets.UTF_8));
            } else if (length == line.length || octet == 0) {
                throw new AgiBroken(octet == 0 ? "a line holds a NUL" : "a line is too long");
            } else {
                line[length++] = octet;
            }
        }
    }
}
