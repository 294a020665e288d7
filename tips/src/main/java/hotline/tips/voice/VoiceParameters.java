package hotline.tips.voice;

import java.util.random.RandomGenerator;

/**
 * How one message is disguised. It is drawn for the message, kept nowhere, and not told by the speaker's voice.
 *
 * @param pitch of the voice that is heard, in Hz
 * @param low what formants at the lower end of the band are multiplied by
 * @param high what formants at the upper end are multiplied by; those between by what lies between
 */
record VoiceParameters(double pitch, double low, double high) {

    private static final double DEEPEST_PITCH = 85;
    private static final double HIGHEST_PITCH = 220;
    private static final double LEAST_MOVE = 0.10;
    private static final double MOST_MOVE = 0.22;

    static VoiceParameters drawn(RandomGenerator random) {
        var pitch = DEEPEST_PITCH * Math.pow(HIGHEST_PITCH / DEEPEST_PITCH, random.nextDouble());
        return new VoiceParameters(pitch, factor(random), factor(random));
    }

    /** Between 0.80 and 0.90 or between 1.11 and 1.25: men, women and children are about so far apart. */
    private static double factor(RandomGenerator random) {
        var move = LEAST_MOVE + (MOST_MOVE - LEAST_MOVE) * random.nextDouble();
        return Math.exp(random.nextBoolean() ? move : -move);
    }

    /**
     * Where in the speaker's band that is found which is heard at this place of ours.
     *
     * @param place in [0, 1], as a part of the band
     */
    double source(double place) {
        return Math.min(1, place / (low + (high - low) * place));
    }
}
