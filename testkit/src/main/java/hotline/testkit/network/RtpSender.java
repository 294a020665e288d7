package hotline.testkit.network;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Sends RTP: sound as μ-law (RFC 3551) and keys as events (RFC 4733), a frame each 20 ms. */
final class RtpSender {

    static final int FRAME = 160;
    static final int KEY_TYPE = 101;

    private static final int KEY_FRAMES = 5;
    private static final int REPEATED_ENDS = 2;
    private static final int GAP_FRAMES = 4;
    private static final long FRAME_NANOS = 20_000_000;
    private static final String KEYS = "0123456789*#";

    private final DatagramSocket socket;
    private final InetSocketAddress peer;
    private final boolean quiet;
    private final int source = ThreadLocalRandom.current().nextInt();
    private int sequence;
    private int timestamp = ThreadLocalRandom.current().nextInt(1 << 30);
    private long next = System.nanoTime();

    /** @param quiet whether nothing is sent in silence */
    RtpSender(DatagramSocket socket, InetSocketAddress peer, boolean quiet) {
        this.socket = socket;
        this.peer = peer;
        this.quiet = quiet;
    }

    void sound(byte[] frame) throws IOException {
        send(0, frame);
        timestamp += FRAME;
        awaitFrame();
    }

    void silence() throws IOException {
        if (quiet) {
            timestamp += FRAME;
            awaitFrame();
        } else {
            sound(silent());
        }
    }

    /** One key: its event grows over 100 ms, then it ends. */
    void key(char key) throws IOException {
        for (var frame = 1; frame <= KEY_FRAMES; frame++) {
            event(key, frame == 1, false, frame * FRAME);
            awaitFrame();
        }
        event(key, false, true, KEY_FRAMES * FRAME);
    }

    /** Its end is sent three times in all, should one be lost on its way. */
    void repeatEnd(char key) throws IOException {
        for (var end = 0; end < REPEATED_ENDS; end++) {
            event(key, false, true, KEY_FRAMES * FRAME);
        }
        timestamp += KEY_FRAMES * FRAME;
    }

    /** The short event that follows the right one where a press is sent twice. */
    void keyOnceMore(char key) throws IOException {
        event(key, true, false, FRAME);
        awaitFrame();
        event(key, false, true, FRAME);
        timestamp += FRAME;
    }

    /** The short silence between two keys. */
    void gap() throws IOException {
        for (var gap = 0; gap < GAP_FRAMES; gap++) {
            silence();
        }
    }

    private void event(char key, boolean first, boolean last, int duration) throws IOException {
        var payload = ByteBuffer.allocate(4);
        payload.put((byte) KEYS.indexOf(key)).put((byte) (last ? 0x8A : 0x0A)).putShort((short) duration);
        send(first ? KEY_TYPE | 0x80 : KEY_TYPE, payload.array());
    }

    private void send(int type, byte[] payload) throws IOException {
        var packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) type).putShort((short) sequence++);
        packet.putInt(timestamp).putInt(source).put(payload);
        socket.send(new DatagramPacket(packet.array(), packet.capacity(), peer));
    }

    private void awaitFrame() {
        next += FRAME_NANOS;
        var now = System.nanoTime();
        if (next > now) {
            LockSupport.parkNanos(next - now);
        } else if (now - next > 10 * FRAME_NANOS) {
            next = now;
        }
    }

    static byte[] silent() {
        var frame = new byte[FRAME];
        Arrays.fill(frame, MuLaw.SILENCE);
        return frame;
    }
}
