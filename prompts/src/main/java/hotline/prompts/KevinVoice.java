package hotline.prompts;

import com.sun.speech.freetts.audio.AudioPlayer;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import org.jspecify.annotations.Nullable;

/** FreeTTS's kevin16, which takes a second to wake up: at its first words. Not for several threads: speak from one. */
final class KevinVoice implements Voice {

    private static final int RATE = 16_000;
    private static final int WORDS_A_MINUTE = 150;

    private com.sun.speech.freetts.@Nullable Voice kevin;

    @Override
    public String name() {
        return "freetts-1.2.2 kevin16 " + WORDS_A_MINUTE;
    }

    @Override
    public String label() {
        return EnglishVoice.KEVIN16.label();
    }

    @Override
    public Pcm speak(String text) {
        if (kevin == null) {
            kevin = awake();
        }
        var heard = new Collected();
        kevin.setAudioPlayer(heard);
        if (!kevin.speak(text)) {
            throw new IllegalStateException("FreeTTS could not say '" + text + "': write it in other words");
        }
        return Pcm.ofSigned16(heard.bytes.toByteArray(), ByteOrder.BIG_ENDIAN, RATE);
    }

    private static com.sun.speech.freetts.Voice awake() {
        var kevin = Arrays.stream(new KevinVoiceDirectory().getVoices())
                .filter(voice -> voice.getName().equals("kevin16"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("FreeTTS has no voice kevin16: its jar is incomplete"));
        kevin.allocate();
        kevin.setRate(WORDS_A_MINUTE);
        return kevin;
    }

    @Override
    public void close() {
        if (kevin != null) {
            kevin.deallocate();
        }
    }

    /** Takes what would go to a loudspeaker. */
    private static final class Collected implements AudioPlayer {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private AudioFormat format = new AudioFormat(RATE, 16, 1, true, true);

        @Override
        public boolean write(byte[] audio) {
            return write(audio, 0, audio.length);
        }

        @Override
        public boolean write(byte[] audio, int offset, int length) {
            bytes.write(audio, offset, length);
            return true;
        }

        @Override
        public void setAudioFormat(AudioFormat wanted) {
            format = wanted;
        }

        @Override
        public AudioFormat getAudioFormat() {
            return format;
        }

        @Override
        public boolean end() {
            return true;
        }

        @Override
        public boolean drain() {
            return true;
        }

        @Override
        public float getVolume() {
            return 1;
        }

        @Override
        public long getTime() {
            return -1;
        }

        @Override
        public void begin(int size) {}

        @Override
        public void reset() {}

        @Override
        public void close() {}

        @Override
        public void cancel() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void resetTime() {}

        @Override
        public void setVolume(float volume) {}

        @Override
        public void startFirstSampleTimer() {}

        @Override
        public void showMetrics() {}
    }
}
