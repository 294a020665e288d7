package hotline.testkit.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The sound of one side of a call: RTP with μ-law (RFC 3551) and keys (RFC 4733), a frame each 20 ms. What comes in is
 * recorded; what goes out is silence, unless something is said or pressed.
 */
final class Media implements AutoCloseable {

    private static final int FRAME = 160;
    private static final int KEY_TYPE = 101;
    private static final int KEY_FRAMES = 5;
    private static final int REPEATED_ENDS = 2;
    private static final int GAP_FRAMES = 4;
    private static final long FRAME_NANOS = 20_000_000;

    /** On a busy machine a sender is late by less, and goes on where it was: who listens hears it all. */
    private static final int STALL = Recording.RATE / 2;

    private static final String KEYS = "0123456789*#";

    private final DatagramSocket socket;
    private final Recording heard = new Recording();
    private final LinkedBlockingQueue<byte[]> toSay = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Character> toPress = new LinkedBlockingQueue<>();
    private final long started = System.nanoTime();
    private final int source = ThreadLocalRandom.current().nextInt();
    private int sequence;
    private int timestamp = ThreadLocalRandom.current().nextInt(1 << 30);

    /**
     * @param host the telephone's own address
     */
    Media(String host) {
        try {
            socket = new DatagramSocket(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recording heard() {
        return heard;
    }

    /** The offer and answer of a plain telephone: μ-law and keys. */
    String sdp() {
        var host = socket.getLocalAddress().getHostAddress();
        return """
                v=0
                o=phone 1 1 IN IP4 %s
                s=-
                c=IN IP4 %s
                t=0 0
                m=audio %d RTP/AVP 0 %d
                a=rtpmap:0 PCMU/8000
                a=rtpmap:%d telephone-event/8000
                a=fmtp:%d 0-15
                a=ptime:20
                a=sendrecv
                """.formatted(host, host, socket.getLocalPort(), KEY_TYPE, KEY_TYPE, KEY_TYPE)
                .replace("\n", "\r\n");
    }

    /** Begins to send to the other side; what it sends is recorded from now on. */
    void connect(InetSocketAddress peer) {
        // Threads of their own: sound must not wait while a test looks for a prompt.
        Thread.ofPlatform().daemon().name("listen").start(this::listen);
        Thread.ofPlatform().daemon().name("speak").start(() -> speak(peer));
    }

    void press(String keys) {
        keys.chars().forEach(key -> toPress.add((char) key));
    }

    boolean allIsPressed() {
        return toPress.isEmpty();
    }

    void say(short[] sound) {
        for (var at = 0; at < sound.length; at += FRAME) {
            var frame = silence();
            for (var i = 0; i < Math.min(FRAME, sound.length - at); i++) {
                frame[i] = MuLaw.encode(sound[at + i]);
            }
            toSay.add(frame);
        }
    }

    void say(int hertz, Duration time) {
        var tone = new short[(int) (time.toMillis() * Recording.RATE / 1000)];
        for (var i = 0; i < tone.length; i++) {
            tone[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * i / Recording.RATE));
        }
        say(tone);
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[2048], 2048);
        var expected = 0;
        try {
            while (true) {
                socket.receive(packet);
                var in = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                if (packet.getLength() > 12 && (in.get(1) & 0x7F) == 0) {
                    var at = in.getInt(4);
                    var jump = at - expected;
                    if (jump < 0 || jump >= STALL) {
                        padInTime();
                    }
                    var count = packet.getLength() - 12;
                    heard.append(packet.getData(), 12, count);
                    expected = at + count;
                }
            }
        } catch (IOException closed) {
            // The call is over.
        }
    }

    /** By whole packets, so that what was heard of a sound slips by nothing else. */
    private void padInTime() {
        var inTime = (int) ((System.nanoTime() - started) / FRAME_NANOS) * FRAME;
        heard.padTo(heard.length() + (inTime - heard.length()) / FRAME * FRAME);
    }

    private void speak(InetSocketAddress peer) {
        var next = System.nanoTime();
        try {
            while (!socket.isClosed()) {
                var key = toPress.peek();
                if (key == null) {
                    var frame = toSay.poll();
                    sendSound(peer, frame == null ? silence() : frame);
                    next = awaitFrame(next);
                } else {
                    var event = KEYS.indexOf(key);
                    next = sendKey(peer, event, next);
                    // The other side may hang up on it at once, and it was pressed all the same.
                    toPress.remove();
                    repeatEnd(peer, event);
                    next = sendGap(peer, next);
                }
            }
        } catch (IOException closed) {
            // The call is over.
        }
    }

    /** One key: its event grows over 100 ms, then it ends. */
    private long sendKey(InetSocketAddress peer, int event, long from) throws IOException {
        var next = from;
        for (var frame = 1; frame <= KEY_FRAMES; frame++) {
            sendEvent(peer, event, frame == 1, false, frame * FRAME);
            next = awaitFrame(next);
        }
        sendEvent(peer, event, false, true, KEY_FRAMES * FRAME);
        return next;
    }

    /** Its end is sent three times in all, should one be lost on its way. */
    private void repeatEnd(InetSocketAddress peer, int event) throws IOException {
        for (var end = 0; end < REPEATED_ENDS; end++) {
            sendEvent(peer, event, false, true, KEY_FRAMES * FRAME);
        }
        timestamp += KEY_FRAMES * FRAME;
    }

    /** The short silence between two keys. */
    private long sendGap(InetSocketAddress peer, long from) throws IOException {
        var next = from;
        for (var gap = 0; gap < GAP_FRAMES; gap++) {
            sendSound(peer, silence());
            next = awaitFrame(next);
        }
        return next;
    }

    private void sendSound(InetSocketAddress peer, byte[] frame) throws IOException {
        send(peer, 0, frame);
        timestamp += FRAME;
    }

    private void sendEvent(InetSocketAddress peer, int event, boolean first, boolean last, int duration)
            throws IOException {
        var payload = ByteBuffer.allocate(4);
        payload.put((byte) event).put((byte) (last ? 0x8A : 0x0A)).putShort((short) duration);
        send(peer, first ? KEY_TYPE | 0x80 : KEY_TYPE, payload.array());
    }

    private void send(InetSocketAddress peer, int type, byte[] payload) throws IOException {
        var packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) type).putShort((short) sequence++);
        packet.putInt(timestamp).putInt(source).put(payload);
        socket.send(new DatagramPacket(packet.array(), packet.capacity(), peer));
    }

    private static long awaitFrame(long last) {
        var next = last + FRAME_NANOS;
        var now = System.nanoTime();
        if (next > now) {
            LockSupport.parkNanos(next - now);
            return next;
        }
        return now - next > 10 * FRAME_NANOS ? now : next;
    }

    private static byte[] silence() {
        var frame = new byte[FRAME];
        Arrays.fill(frame, MuLaw.SILENCE);
        return frame;
    }

    @Override
    public void close() {
        socket.close();
    }
}
