package hotline.prompts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The voices of this machine, and which of them speaks. What is missing is spoken for by another: English by flite rms, or by
 * FreeTTS; Spanish by espeak-ng. A node keeps beside its sounds which English voice it was told to use, so that it starts with
 * that one before it knows its database.
 */
public final class Voices {

    /** By environment: where {@code infra/voices/get} put the voices that are Debian's packages. */
    private static final String FOLDER = "HOTLINE_VOICES";

    private static final String CHOICE = ".voice";
    private static final EnglishVoice FIRST = EnglishVoice.RMS;

    /** Each is tried once a process. */
    private static final Map<List<String>, Boolean> TRIED = new ConcurrentHashMap<>();

    private static final String PHONE_AND_TIME = "We call (617) 555-0142 by 3:42 p.m.";

    private final Path choice;
    private final Optional<Path> folder;

    /** @param sounds as Asterisk plays them */
    public Voices(Path sounds) {
        this(sounds, System.getenv());
    }

    /** @param environment of the process; without {@code HOTLINE_VOICES} what needs no folder speaks */
    public Voices(Path sounds, Map<String, String> environment) {
        choice = sounds.resolve(CHOICE);
        folder = Optional.ofNullable(environment.get(FOLDER))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .map(Path::toAbsolutePath);
    }

    /** The English voices that this machine has. */
    public List<EnglishVoice> english() {
        return Arrays.stream(EnglishVoice.values()).filter(this::has).toList();
    }

    /** The English voice that this node was told to use; it may not have it. */
    public EnglishVoice chosen() {
        try {
            return Files.exists(choice)
                    ? EnglishVoice.of(Files.readString(choice).strip()).orElse(FIRST)
                    : FIRST;
        } catch (IOException e) {
            throw new UncheckedIOException(choice + " cannot be read: look at its owner", e);
        }
    }

    /** The one chosen, or what stands in for it here. */
    public EnglishVoice speaking() {
        var chosen = chosen();
        return has(chosen) ? chosen : has(FIRST) ? FIRST : EnglishVoice.KEVIN16;
    }

    /** From the next rendering on. */
    public void choose(EnglishVoice voice) {
        try {
            Files.createDirectories(choice.getParent());
            var making = choice.resolveSibling(CHOICE + ".making");
            Files.writeString(making, voice.key() + "\n");
            Files.move(making, choice, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(choice + " cannot be written: look at its owner and space", e);
        }
    }

    /**
     * Three sentences in a voice, as a caller would hear them, as a WAV file: the 911 notice, a menu, a phone number and a time.
     *
     * @throws IllegalStateException when it cannot speak, saying why
     */
    public synchronized byte[] sample(EnglishVoice english) {
        try (var voice = of(english)) {
            var words = String.join(
                    " ",
                    Prompt.TRAUMA_EMERGENCY_NOTICE.words(Language.EN),
                    Prompt.TRAUMA_MENU.words(Language.EN),
                    PHONE_AND_TIME);
            var said = voice.speak(Spelling.spelled(words, Language.EN));
            return Wav.telephone(Mastering.master(said, Studio.NARROW).signedLinear());
        }
    }

    private boolean has(EnglishVoice english) {
        return switch (english) {
            case RMS -> flite().isInstalled();
            case BDL, CLB -> folder.isPresent() && tried(rhvoice(folder.get(), english));
            case KEVIN16 -> true;
        };
    }

    private static boolean tried(ProgramVoice voice) {
        return TRIED.computeIfAbsent(voice.command(), _ -> voice.speaks());
    }

    /** What speaks English. */
    Voice ofEnglish() {
        return of(speaking());
    }

    Voice of(EnglishVoice english) {
        return switch (english) {
            case RMS -> flite();
            case BDL, CLB ->
                rhvoice(
                        folder.orElseThrow(
                                () -> new IllegalStateException(FOLDER + " is not set: start with './hotline'")),
                        english);
            case KEVIN16 -> new KevinVoice();
        };
    }

    private static ProgramVoice flite() {
        return ProgramVoice.flite("rms");
    }

    private static ProgramVoice rhvoice(Path folder, EnglishVoice english) {
        return ProgramVoice.ofFolder(folder, english.key(), english.label(), english.label());
    }

    /** What speaks Spanish. */
    Voice ofSpanish() {
        return mexican().filter(Voices::tried).map(Voice.class::cast).orElse(spareSpanish());
    }

    /** MBROLA's mx1, where it was fetched; it fails, and names the sound, where it has no way from one phoneme to the next. */
    Optional<ProgramVoice> mexican() {
        return folder.map(found -> ProgramVoice.ofFolder(found, "mx1", "MBROLA mx1", "MBROLA mx1, phonemes 1, 140"));
    }

    /** Voices of many kinds, from which a recognizer learns the telephone; what this machine lacks of them is left out. */
    List<Voice> teachers() {
        var teachers = new ArrayList<Voice>(english().stream().map(this::of).toList());
        var more = new ArrayList<>(List.of(ProgramVoice.flite("slt"), ProgramVoice.flite("awb")));
        folder.ifPresent(found -> List.of("slt", "alan")
                .forEach(name -> more.add(ProgramVoice.ofFolder(found, name, "RHVoice " + name, "RHVoice " + name))));
        more.stream().filter(Voices::tried).forEach(teachers::add);
        return teachers;
    }

    static Voice spareSpanish() {
        return ProgramVoice.espeak("es-419", 168);
    }
}
