package hotline.testkit.network;

import java.time.Duration;

/** The two tones of each key (ITU-T Q.23). */
final class KeyTones {

    private static final String KEYS = "123456789*0#";
    private static final int[] ROWS = {697, 770, 852, 941};
    private static final int[] COLUMNS = {1209, 1336, 1477};
    private static final double LOUD = 6000;

    private KeyTones() {}

    static short[] of(char key, Duration time) {
        var place = KEYS.indexOf(key);
        var sound = new short[(int) (time.toMillis() * Recording.RATE / 1000)];
        for (var i = 0; i < sound.length; i++) {
            sound[i] = (short) (LOUD * (sine(ROWS[place / 3], i) + sine(COLUMNS[place % 3], i)));
        }
        return sound;
    }

    private static double sine(int hertz, int sample) {
        return Math.sin(2 * Math.PI * hertz * sample / Recording.RATE);
    }
}
