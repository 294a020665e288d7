package hotline.testkit.network;

import static hotline.testkit.network.RtpSender.FRAME;
import static hotline.testkit.network.RtpSender.KEY_TYPE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The sound of one side of a call: RTP with μ-law (RFC 3551) and keys (RFC 4733), a frame each 20 ms. What comes in is
 * recorded; what goes out is silence, unless something is said or pressed.
 */
final class Media implements AutoCloseable {

    private static final long FRAME_NANOS = 20_000_000;

    /** On a busy machine a sender is late by less, and goes on where it was: who listens hears it all. */
    private static final int STALL = Recording.RATE / 2;

    private record Press(char key, boolean twice, Runnable ended) {}

    private final Handset handset;
    private final DatagramSocket socket;
    private final Recording heard = new Recording();
    private final LinkedBlockingQueue<byte[]> toSay = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Press> toPress = new LinkedBlockingQueue<>();
    private final long started = System.nanoTime();

    /**
     * @param host the telephone's own address
     */
    Media(String host, Handset handset) {
        this.handset = handset;
        try {
            socket = new DatagramSocket(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Recording heard() {
        return heard;
    }

    /** The offer and answer of a plain telephone: μ-law, and keys where it offers them. */
    String sdp() {
        var host = socket.getLocalAddress().getHostAddress();
        var keys = handset.events() ? """
                a=rtpmap:%d telephone-event/8000
                a=fmtp:%d 0-15
                """.formatted(KEY_TYPE, KEY_TYPE) : "";
        return ("""
                v=0
                o=phone 1 1 IN IP4 %s
                s=-
                c=IN IP4 %s
                t=0 0
                m=audio %d RTP/AVP 0%s
                a=rtpmap:0 PCMU/8000
                """.formatted(host, host, socket.getLocalPort(), handset.events() ? " " + KEY_TYPE : "") + keys + """
                a=ptime:20
                a=sendrecv
                """)
                .replace("\n", "\r\n");
    }

    /** Begins to send to the other side; what it sends is recorded from now on. */
    void connect(InetSocketAddress peer) {
        // Threads of their own: sound must not wait while a test looks for a prompt.
        Thread.ofPlatform().daemon().name("listen").start(this::listen);
        Thread.ofPlatform().daemon().name("speak").start(() -> speak(peer));
    }

    void press(String keys) {
        keys.chars().forEach(key -> toPress.add(new Press((char) key, false, () -> {})));
    }

    /** Each press is sent as two events, one right after the other. */
    void pressSentTwice(String keys) {
        keys.chars().forEach(key -> toPress.add(new Press((char) key, true, () -> {})));
    }

    /** @param ended is done as the key ends */
    void press(char key, Runnable ended) {
        toPress.add(new Press(key, false, ended));
    }

    /** As tones in the sound, 100 ms each and 80 ms apart. */
    void pressAsTones(String keys) {
        keys.chars().forEach(key -> {
            say(KeyTones.of((char) key, Duration.ofMillis(100)));
            say(new short[80 * Recording.RATE / 1000]);
        });
    }

    boolean allIsSaid() {
        return toSay.isEmpty();
    }

    boolean allIsPressed() {
        return toPress.isEmpty();
    }

    void say(short[] sound) {
        for (var at = 0; at < sound.length; at += FRAME) {
            var frame = RtpSender.silent();
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
        var rtp = new RtpSender(socket, peer, handset.quiet());
        try {
            while (!socket.isClosed()) {
                var press = toPress.peek();
                if (press == null) {
                    var frame = toSay.poll();
                    if (frame == null) {
                        rtp.silence();
                    } else {
                        rtp.sound(frame);
                    }
                } else {
                    rtp.key(press.key());
                    press.ended().run();
                    // The other side may hang up on it at once, and it was pressed all the same.
                    toPress.remove();
                    rtp.repeatEnd(press.key());
                    if (press.twice()) {
                        rtp.keyOnceMore(press.key());
                    }
                    rtp.gap();
                }
            }
        } catch (IOException closed) {
            // The call is over.
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
