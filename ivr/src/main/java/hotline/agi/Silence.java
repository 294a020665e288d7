package hotline.agi;

/** When somebody has spoken and speaks no more. The loudness that counts as speech follows how loud the line is by itself. */
final class Silence {

    static final int BYTES_A_MILLISECOND = 16;

    /** A person who thinks is silent for a while. */
    private static final long AFTER_SPEECH_MS = 6_000;

    private static final long BEFORE_SPEECH_MS = 12_000;
    private static final double SOFTEST_SPEECH = 200;
    private static final double ABOVE_THE_LINE = 4;

    private double line = SOFTEST_SPEECH;
    private boolean spoken;
    private long silentMs;

    /** @param sound 16 bit, little-endian, some 20 ms of it */
    void hears(byte[] sound) {
        var loudness = loudness(sound);
        // The line's own noise is what the softest moments have; it is learnt fast downwards and slowly upwards.
        line += (loudness - line) * (loudness < line ? 0.2 : 0.001);
        if (loudness > Math.max(SOFTEST_SPEECH, line * ABOVE_THE_LINE)) {
            spoken = true;
            silentMs = 0;
        } else {
            passes(sound.length / BYTES_A_MILLISECOND);
        }
    }

    /** Time in which the line sends nothing, as many do while nobody speaks. Of its own noise that tells nothing. */
    void passes(int milliseconds) {
        silentMs += milliseconds;
    }

    /** Somebody has spoken. */
    boolean wasBroken() {
        return spoken;
    }

    boolean isEnough() {
        return silentMs >= (spoken ? AFTER_SPEECH_MS : BEFORE_SPEECH_MS);
    }

    private static double loudness(byte[] sound) {
        var sum = 0.0;
        for (var i = 0; i + 1 < sound.length; i += 2) {
            var sample = (short) ((sound[i] & 0xff) | (sound[i + 1] << 8));
            sum += (double) sample * sample;
        }
        return sound.length < 2 ? 0 : Math.sqrt(sum / (sound.length / 2.0));
    }
}
