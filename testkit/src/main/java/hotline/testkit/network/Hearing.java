package hotline.testkit.network;

import hotline.testkit.network.Likeness.Match;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tests' ear: tells which prompts a recording holds, by normalized cross-correlation with the prompts' own sounds.
 * A prompt that was cut off after its first two seconds still counts as heard. Prompts that sound the same, as
 * {@code digit-3}, {@code hour-3} and {@code number-3} may, are told by the first of their names.
 */
public final class Hearing {

    /** Between a right match (0.9 and more) and a wrong one. */
    private static final double LIKE = 0.6;

    private static final double LIKE_WHOLE = 0.8;

    private final Path sounds;
    private final Map<Path, Optional<Template>> templates = new ConcurrentHashMap<>();

    /**
     * @param sounds the folder that holds {@code <language>/<prompt-key>.sln}; it may be filled later
     */
    public Hearing(Path sounds) {
        this.sounds = sounds;
    }

    /** What was heard, in order, in whichever language. */
    public List<Heard> heard(Recording recording) {
        var likeness = new Likeness(recording.samples());
        var matches = allSounds().parallelStream()
                .flatMap(template -> likeness.beginnings(template, LIKE).stream())
                .map(likeness::whole)
                .filter(Hearing::isSure)
                .sorted(Comparator.comparingDouble(Hearing::samplesHeard)
                        .reversed()
                        .thenComparing(match -> match.template().prompt()))
                .toList();
        var taken = new ArrayList<Match>();
        matches.stream().filter(match -> isFree(match, taken)).forEachOrdered(taken::add);
        return taken.stream()
                .sorted(Comparator.comparingInt(Match::at))
                .map(Hearing::heard)
                .toList();
    }

    /** The keys alone of what was heard, in order: {@code ["tips-emergency-notice", "tips-welcome", …]}. */
    public List<String> prompts(Recording recording) {
        return heard(recording).stream().map(Heard::prompt).toList();
    }

    /** Where this prompt first begins at or after the sample {@code from}, in whichever language. */
    Optional<Match> find(String prompt, Recording recording, int from) {
        var likeness = new Likeness(recording.from(from));
        return languages().stream()
                .flatMap(folder -> template(folder.resolve(prompt + ".sln")).stream())
                .flatMap(template -> likeness.beginnings(template, LIKE).stream())
                .min(Comparator.comparingInt(Match::at))
                .map(match -> new Match(match.template(), from + match.at(), match.likeness()));
    }

    /** The samples that the shortest saying of this prompt takes. */
    int shortest(String prompt) {
        return languages().stream()
                .flatMap(folder -> template(folder.resolve(prompt + ".sln")).stream())
                .mapToInt(Template::length)
                .min()
                .orElse(0);
    }

    /** Whether the prompt that was found there was said to its end. */
    boolean isWhole(Match match, Recording recording) {
        var end = match.at() + match.template().length();
        var found = new Match(match.template(), 0, match.likeness());
        return new Likeness(recording.between(match.at(), end + 3 * Recording.RATE))
                        .whole(found)
                        .likeness()
                >= LIKE;
    }

    /** Whether there is such a prompt at all, so that a test that misspells one fails at once. */
    boolean knows(String prompt) {
        return languages().stream()
                .anyMatch(folder -> template(folder.resolve(prompt + ".sln")).isPresent());
    }

    /** Short sounds, such as digits, are more easily alike; they are taken only when they were heard whole. */
    private static boolean isSure(Match match) {
        return match.template().length() > Recording.RATE || match.likeness() >= LIKE_WHOLE;
    }

    /** How much of the prompt was heard; where a prompt begins like a longer one, more of the right one was. */
    private static double samplesHeard(Match match) {
        return match.likeness() * match.likeness() * match.template().length();
    }

    private static boolean isFree(Match match, List<Match> taken) {
        return taken.stream().noneMatch(other -> match.at() < ownUntil(other) && other.at() < ownUntil(match));
    }

    /** Prompts follow each other, and one may cut off another: but what was heard of a prompt is its own. */
    private static double ownUntil(Match match) {
        return match.at()
                + 0.9 * Math.max(samplesHeard(match), 0.7 * match.template().beginning());
    }

    private static Heard heard(Match match) {
        return new Heard(
                match.template().prompt(), match.template().language(), Recording.time(match.at()), match.likeness());
    }

    private List<Template> allSounds() {
        return languages().stream()
                .flatMap(folder -> list(folder).stream())
                .filter(file -> file.toString().endsWith(".sln"))
                .flatMap(file -> template(file).stream())
                .toList();
    }

    private List<Path> languages() {
        return list(sounds).stream()
                .filter(Files::isDirectory)
                .filter(folder -> !folder.getFileName().toString().startsWith("."))
                .toList();
    }

    private Optional<Template> template(Path file) {
        return templates.computeIfAbsent(file, Template::read);
    }

    private static List<Path> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
