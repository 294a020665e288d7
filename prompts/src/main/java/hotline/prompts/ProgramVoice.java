package hotline.prompts;

import static java.util.concurrent.CompletableFuture.delayedExecutor;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A voice that is a program of its own (espeak-ng is under the GPL, so never linked); each sentence is one run. */
final class ProgramVoice implements Voice {

    private static final int WAV_HEADER = 44;
    private static final int RATE_AT = 24;
    private static final int SECONDS_A_SENTENCE = 20;

    private final List<String> command;
    private final boolean readsText;

    /** @param readsText from its standard input; otherwise the text is its last argument */
    ProgramVoice(boolean readsText, String... command) {
        this.command = List.of(command);
        this.readsText = readsText;
    }

    static ProgramVoice espeak(String voice, int wordsAMinute) {
        return new ProgramVoice(
                true, "espeak-ng", "-v", voice, "-s", String.valueOf(wordsAMinute), "--stdin", "--stdout");
    }

    /** It takes its text as an argument, which is safe for plain ASCII alone. */
    static ProgramVoice flite(String voice) {
        return new ProgramVoice(false, "flite", "-voice", voice, "-o", "/dev/stdout", "-t");
    }

    boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command.getFirst())));
    }

    /** The program's release is not part of it: an upgrade alone makes nothing anew. */
    @Override
    public String name() {
        return String.join(" ", command);
    }

    @Override
    public Pcm speak(String text) {
        var program = started(text);
        delayedExecutor(SECONDS_A_SENTENCE, TimeUnit.SECONDS).execute(program::destroyForcibly);
        try {
            try (var in = program.getOutputStream()) {
                if (readsText) {
                    in.write(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            var wav = program.getInputStream().readAllBytes();
            if (program.waitFor() == 0 && wav.length > WAV_HEADER) {
                return pcm(wav);
            }
            throw new IOException("ended with " + program.exitValue());
        } catch (IOException e) {
            throw new IllegalStateException("'" + name() + "' said nothing: try it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rendering", e);
        }
    }

    private Process started(String text) {
        try {
            return new ProcessBuilder(with(text))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            var program = command.getFirst();
            throw new IllegalStateException(program + " is missing: run 'sudo apt-get install " + program + "'", e);
        }
    }

    private List<String> with(String text) {
        var run = new ArrayList<>(command);
        if (!readsText) {
            run.add(text);
        }
        return run;
    }

    private static Pcm pcm(byte[] wav) {
        var rate = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(RATE_AT);
        return Pcm.ofSigned16(Arrays.copyOfRange(wav, WAV_HEADER, wav.length), ByteOrder.LITTLE_ENDIAN, rate);
    }
}
