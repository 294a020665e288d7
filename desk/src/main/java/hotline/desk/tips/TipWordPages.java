package hotline.desk.tips;

import static hotline.desk.access.Scope.COORDINATOR;

import hotline.desk.access.Scope;
import hotline.desk.http.Answer;
import hotline.desk.http.PageRequest;
import hotline.desk.http.Pages;
import hotline.desk.http.Problem;
import hotline.prompts.Language;
import hotline.prompts.Wav;
import hotline.tips.TipStatus;
import hotline.tips.Vocabulary;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What callers hear of a status: its words in each language, and their sound. */
public final class TipWordPages {

    private final Vocabulary vocabulary;
    private final Path sounds;

    /** @param sounds the folder in which each language has its own */
    public TipWordPages(Vocabulary vocabulary, Path sounds) {
        this.vocabulary = vocabulary;
        this.sounds = sounds;
    }

    /** A status as it is spoken, in every language. */
    public record Said(String label, List<In> languages) {}

    /**
     * @param tag such as {@code es}
     * @param instead the internal words that lead to it, where these are not simply its own
     * @param sound where its sound is
     */
    public record In(String tag, String language, String words, List<String> instead, String sound) {}

    public void mount(Pages pages) {
        pages.get("/tips/words", _ -> Answer.page("What callers hear", "tipswords.jte", all()), COORDINATOR);
        // Whoever calls hears it: so may everybody here.
        pages.get("/tips/sounds/:language/:status", this::sound, Scope.values());
    }

    private List<Said> all() {
        return Arrays.stream(TipStatus.values())
                .map(status -> new Said(
                        label(status),
                        Arrays.stream(Language.values())
                                .map(language -> in(language, status))
                                .toList()))
                .toList();
    }

    private static String label(TipStatus status) {
        return status == TipStatus.RETIRED ? "not found, or retired" : Vocabulary.readable(status.word());
    }

    private In in(Language language, TipStatus status) {
        var leading = vocabulary.all().stream()
                .filter(text -> vocabulary.spoken(text, language.folder()) == status)
                .map(Vocabulary::readable)
                .toList();
        return new In(
                language.folder(),
                called(language.folder()),
                status.spoken().words(language),
                leading.equals(List.of(Vocabulary.readable(status.word()))) ? List.of() : leading,
                "/tips/sounds/" + language.folder() + "/" + status.word());
    }

    /** {@code Spanish}. */
    static String called(String tag) {
        return Locale.of(tag).getDisplayLanguage(Locale.ENGLISH);
    }

    private Answer sound(PageRequest visit) {
        var language = Language.of(visit.path("language")).orElseThrow(TipWordPages::none);
        var status = TipStatus.of(visit.path("status")).orElseThrow(TipWordPages::none);
        var file = sounds.resolve(language.folder()).resolve(status.spoken().key() + ".sln");
        try {
            return new Answer.File("", Wav.TYPE, Buffer.buffer(Wav.telephone(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw none();
        }
    }

    private static Problem none() {
        return new Problem(404, "this sentence has no sound: the operator runs './hotline prompts'");
    }
}
