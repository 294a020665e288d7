package hotline.prompts;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** espeak-ng, a program of its own (GPL, so never linked); each sentence is one run. */
final class EspeakVoice implements Voice {

    private static final int WAV_HEADER = 44;
    private static final int RATE_AT = 24;
    private static final int WORDS_A_MINUTE = 168;
    private static final int SECONDS_A_SENTENCE = 20;

    private final String voice;

    /** @param voice a voice of espeak-ng's, such as {@code es-419} */
    EspeakVoice(String voice) {
        this.voice = voice;
    }

    @Override
    public String name() {
        return "espeak-ng " + voice + " " + WORDS_A_MINUTE;
    }

    @Override
    public Pcm speak(String text) {
        try {
            var espeak = new ProcessBuilder(
                            "espeak-ng", "-v", voice, "-s", String.valueOf(WORDS_A_MINUTE), "--stdin", "--stdout")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            delayedExecutor(SECONDS_A_SENTENCE, TimeUnit.SECONDS).execute(espeak::destroyForcibly);
            try (var in = espeak.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            }
            var wav = espeak.getInputStream().readAllBytes();
            if (espeak.waitFor() != 0) {
                throw new IllegalStateException(
                        "espeak-ng has no voice " + voice + ": install espeak-ng 1.51 or later");
            }
            return pcm(wav);
        } catch (IOException e) {
            throw new IllegalStateException("espeak-ng is missing: run 'sudo apt-get install espeak-ng'", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rendering", e);
        }
    }

    private static Pcm pcm(byte[] wav) {
        if (wav.length <= WAV_HEADER) {
            throw new IllegalStateException("espeak-ng said nothing");
        }
        var rate = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(RATE_AT);
        return Pcm.ofSigned16(Arrays.copyOfRange(wav, WAV_HEADER, wav.length), ByteOrder.LITTLE_ENDIAN, rate);
    }
}
