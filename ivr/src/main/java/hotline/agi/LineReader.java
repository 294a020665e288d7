package hotline.agi;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Cuts what arrives into lines; never holds more than one line of the allowed length, and reads no more before it is taken. */
final class LineReader {

    private static final int MOST_ARE_SHORT = 512;

    private final InputStream in;
    private final int mostBytes;
    private byte[] arrived;
    private int begin;
    private int searched;
    private int end;

    /** @param longest how many bytes a line may have before its end */
    LineReader(InputStream in, int longest) {
        this.in = in;
        mostBytes = longest + 1;
        arrived = new byte[Math.min(mostBytes, MOST_ARE_SHORT)];
    }

    /**
     * Waits for the next line.
     *
     * @throws AgiBroken when it is too long, or holds a NUL
     * @throws EOFException when none will come
     */
    String next() throws IOException {
        while (!found()) {
            read();
        }
        var last = searched > begin && arrived[searched - 1] == '\r' ? searched - 1 : searched;
        var line = new String(arrived, begin, last - begin, StandardCharsets.UTF_8);
        searched++;
        begin = searched;
        return line;
    }

    /** Whether a line lies here, so that {@link #next} does not wait. */
    boolean waiting() throws IOException {
        if (!found() && in.available() > 0) {
            read();
        }
        return found();
    }

    private boolean found() {
        for (; searched < end; searched++) {
            if (arrived[searched] == '\n') {
                return true;
            } else if (arrived[searched] == 0) {
                throw new AgiBroken("a line holds a NUL");
            }
        }
        return false;
    }

    private void read() throws IOException {
        if (end == arrived.length) {
            makeRoom();
        }
        var read = in.read(arrived, end, arrived.length - end);
        if (read < 0) {
            throw new EOFException();
        }
        end += read;
    }

    private void makeRoom() {
        var length = end - begin;
        if (length == mostBytes) {
            throw new AgiBroken("a line is too long");
        }
        var room = length == arrived.length ? new byte[Math.min(mostBytes, 2 * length)] : arrived;
        System.arraycopy(arrived, begin, room, 0, length);
        arrived = room;
        searched -= begin;
        begin = 0;
        end = length;
    }
}
