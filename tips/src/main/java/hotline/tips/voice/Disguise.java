package hotline.tips.voice;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Says a message again in another voice, while it is spoken. Of the speaker nothing passes but the mouth's shape, moved,
 * its strength, and whether there is a tone: the tone itself is a new one. Sound is mono, 8,000 samples a second, signed,
 * 16 bit, little-endian; as many whole samples come out as went in, 25 to 35 ms later. One message, one thread.
 */
public final class Disguise {

    private static final int HOP = 80;
    private static final int LEAD = FormantAnalyzer.WINDOW / 2 - HOP;

    private final ByteBuffer heard =
            ByteBuffer.allocate(FormantAnalyzer.WINDOW * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final double[] sound = new double[FormantAnalyzer.WINDOW];
    private final FormantAnalyzer ear;
    private final Synthesizer mouth;
    private int owed;

    /** @param random a {@link java.security.SecureRandom}, so that nobody can work out what was drawn; seeded in tests */
    public Disguise(RandomGenerator random) {
        this(VoiceParameters.drawn(random), random);
    }

    Disguise(VoiceParameters mask, RandomGenerator random) {
        ear = new FormantAnalyzer(mask);
        mouth = new Synthesizer(mask.pitch(), random);
        heard.position(LEAD * Short.BYTES);
    }

    /**
     * What can be said by now.
     *
     * @param block of any length; it is overwritten with zeros
     */
    public byte[] push(byte[] block) {
        var said = new ByteArrayOutputStream();
        for (var at = 0; at < block.length; ) {
            var length = Math.min(block.length - at, heard.remaining());
            heard.put(block, at, length);
            at += length;
            if (!heard.hasRemaining()) {
                said.writeBytes(sayHop());
            }
        }
        Arrays.fill(block, (byte) 0);
        owed += block.length - said.size();
        return said.toByteArray();
    }

    /** The rest. What was heard is overwritten; this disguise is used no more. */
    public byte[] finish() {
        var rest = owed / Short.BYTES * Short.BYTES;
        var said = push(new byte[FormantAnalyzer.WINDOW * Short.BYTES]);
        Arrays.fill(heard.array(), (byte) 0);
        return Arrays.copyOf(said, rest);
    }

    private byte[] sayHop() {
        for (var i = 0; i < sound.length; i++) {
            sound[i] = heard.getShort(i * Short.BYTES);
        }
        var said = ByteBuffer.allocate(HOP * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        mouth.speak(ear.shape(sound), said);
        Arrays.fill(sound, 0);
        heard.position(HOP * Short.BYTES).compact();
        Arrays.fill(heard.array(), heard.position(), heard.capacity(), (byte) 0);
        return said.array();
    }
}
