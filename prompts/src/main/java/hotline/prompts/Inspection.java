package hotline.prompts;

import static hotline.prompts.Prompt.ENGLISH_OFFER;
import static hotline.prompts.Prompt.SPANISH_OFFER;
import static hotline.prompts.Prompt.TIPS_WELCOME;
import static hotline.prompts.Prompt.TRAUMA_WELCOME;

import hotline.prompts.Catalogue.Sound;
import hotline.prompts.Catalogue.Spoken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks over the sounds as callers will hear them. */
final class Inspection {

    private static final double SILENT_DBFS = -60;
    private static final double CLIPPED = 0.99;

    /** From the first word of the greeting to the first choice, the 911 notice not counted. */
    private static final Duration UNTIL_THE_FIRST_CHOICE = Duration.ofSeconds(15);

    private Inspection() {}

    static List<String> of(Path folder) {
        var problems = new ArrayList<String>();
        for (var language : Language.values()) {
            var sounds = folder.resolve(language.folder());
            for (var sound : Catalogue.of(language)) {
                problem(sounds, sound, SoundStore.NARROW, Studio.NARROW).ifPresent(problems::add);
                problem(sounds, sound, SoundStore.WIDE, Studio.WIDE).ifPresent(problems::add);
            }
            for (var welcome : List.of(TIPS_WELCOME, TRAUMA_WELCOME)) {
                greetingTooLong(sounds, welcome).ifPresent(problems::add);
            }
        }
        return problems;
    }

    private static Optional<String> problem(Path sounds, Sound sound, String ending, int rate) {
        var file = sounds.resolve(sound.key() + ending);
        return whole(file)
                .map(bytes -> Pcm.ofSigned16(bytes, ByteOrder.LITTLE_ENDIAN, rate))
                .map(pcm -> sound instanceof Spoken spoken ? problem(spoken, pcm) : Optional.<String>empty())
                .orElse(Optional.of("has no audio: run './hotline prompts'"))
                .map(text -> "prompts/" + sounds.getFileName() + "/" + file.getFileName() + " " + text);
    }

    private static Optional<byte[]> whole(Path file) {
        try {
            return Files.exists(file) && Files.size(file) > 0
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: look at its owner", e);
        }
    }

    private static Optional<String> problem(Spoken spoken, Pcm pcm) {
        var loudness = Mastering.loudness(pcm);
        if (loudness < SILENT_DBFS) {
            return Optional.of("is silent: look at its words, or record it");
        } else if (pcm.peak() > CLIPPED) {
            return Optional.of("is clipped: record it more softly");
        } else if (Math.abs(loudness - Mastering.LOUDNESS_DBFS) > Mastering.TOLERANCE_DB) {
            return Optional.of("has a loudness of %.1f dBFS where %.0f is wanted: run './hotline prompts'"
                    .formatted(loudness, Mastering.LOUDNESS_DBFS));
        }
        return tooLong(pcm.seconds(), spoken.limit());
    }

    private static Optional<String> tooLong(double seconds, Duration limit) {
        var allowed = limit.toMillis() / 1000.0;
        return seconds <= allowed
                ? Optional.empty()
                : Optional.of("lasts %.1f s where %.1f are allowed: shorten its words".formatted(seconds, allowed));
    }

    private static Optional<String> greetingTooLong(Path sounds, Prompt welcome) {
        var bytes = Stream.of(welcome, ENGLISH_OFFER, SPANISH_OFFER)
                .flatMap(prompt -> whole(sounds.resolve(prompt.key() + SoundStore.NARROW)).stream())
                .mapToInt(one -> one.length)
                .sum();
        return tooLong((double) bytes / Short.BYTES / Studio.NARROW, UNTIL_THE_FIRST_CHOICE)
                .map(text -> "prompts/" + sounds.getFileName() + "/" + welcome.key() + " with both offers " + text);
    }
}
