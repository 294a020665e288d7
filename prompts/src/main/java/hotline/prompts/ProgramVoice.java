package hotline.prompts;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.supplyAsync;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A voice that is a program of its own (most are under the GPL, so never linked); each sentence is one run. */
final class ProgramVoice implements Voice {

    private static final int WAV_HEADER = 44;
    private static final int RATE_AT = 24;
    private static final int SECONDS_A_SENTENCE = 20;

    private final String name;
    private final String label;
    private final boolean readsText;
    private final List<String> command;

    /** @param readsText from its standard input; otherwise the text is its last argument */
    private ProgramVoice(String name, String label, boolean readsText, List<String> command) {
        this.name = name;
        this.label = label;
        this.readsText = readsText;
        this.command = command;
    }

    ProgramVoice(boolean readsText, String... command) {
        this(String.join(" ", command), command[0], readsText, List.of(command));
    }

    static ProgramVoice espeak(String voice, int wordsAMinute) {
        var command = List.of("espeak-ng", "-v", voice, "-s", String.valueOf(wordsAMinute), "--stdin", "--stdout");
        return new ProgramVoice(String.join(" ", command), "espeak-ng " + voice, true, command);
    }

    /** It takes its text as an argument, which is safe for plain ASCII alone. */
    static ProgramVoice flite(String voice) {
        var command = List.of("flite", "-voice", voice, "-o", "/dev/stdout", "-t");
        return new ProgramVoice(String.join(" ", command), "flite " + voice, false, command);
    }

    /**
     * A voice of the folder that {@code infra/voices/get} makes.
     *
     * @param name says how it is set, which stands in {@code infra/voices}
     */
    static ProgramVoice ofFolder(Path folder, String voice, String label, String name) {
        var speak = folder.resolve("speak").toString();
        return new ProgramVoice(name, label, true, List.of(speak, voice));
    }

    /** What is run, without the text. */
    List<String> command() {
        return command;
    }

    boolean isInstalled() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(command.getFirst())));
    }

    /** Whether it can be started here and says a word. */
    boolean speaks() {
        try {
            return isInstalled() && speak("uno").peak() > 0;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** The program's release is not part of it: an upgrade alone makes nothing anew. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Pcm speak(String text) {
        var program = started(text);
        var complaint = supplyAsync(
                () -> said(program.getErrorStream()),
                task -> Thread.ofPlatform().daemon().start(task));
        delayedExecutor(SECONDS_A_SENTENCE, TimeUnit.SECONDS).execute(program::destroyForcibly);
        try {
            try (var in = program.getOutputStream()) {
                if (readsText) {
                    in.write(text.getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                // It did not wait for its text: how it ended says why.
            }
            var wav = program.getInputStream().readAllBytes();
            if (program.waitFor() == 0 && wav.length > WAV_HEADER) {
                return pcm(wav);
            }
            throw new IOException("ended with " + program.exitValue());
        } catch (IOException e) {
            throw new IllegalStateException("'" + label + "' said nothing" + complaint.join() + ": try it by hand", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rendering", e);
        }
    }

    /** The last line of its complaint, in brackets; empty when it has none. */
    private static String said(InputStream complaint) {
        try {
            var lines = new String(complaint.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .lines();
            return lines.reduce((_, last) -> last)
                    .map(last -> " (" + last + ")")
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process started(String text) {
        try {
            return new ProcessBuilder(with(text)).start();
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

    /** The header's length may be missing, as of what was written into a pipe: all that follows is sound. */
    private static Pcm pcm(byte[] wav) {
        var rate = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN).getInt(RATE_AT);
        return Pcm.ofSigned16(Arrays.copyOfRange(wav, WAV_HEADER, wav.length), ByteOrder.LITTLE_ENDIAN, rate);
    }
}
